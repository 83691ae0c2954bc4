import cookieSession = require('cookie-session');
const options: Record<string, unknown> = { keys: [process.env.KEY] };
if (process.env.NODE_ENV === 'production') {
  // expect: session-option-misplaced
  options.cookie = { secure: true };
}
export = cookieSession(options as never);
