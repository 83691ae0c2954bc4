const cookieSession = require('cookie-session');
// expect-none: session-option-misplaced
module.exports = cookieSession({ keys: [process.env.KEY], cookie: {} });
