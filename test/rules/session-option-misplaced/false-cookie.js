const cookieSession = require('cookie-session');
// expect-none: session-option-misplaced
exports.a = cookieSession({ keys: [process.env.KEY], cookie: false });
// Not an option of the cookie.
// expect-none: session-option-misplaced
exports.b = cookieSession({ keys: [process.env.KEY], cookie: { name: 'shop' } });
