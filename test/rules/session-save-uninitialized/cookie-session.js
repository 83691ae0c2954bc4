const cookieSession = require('cookie-session');
// expect-none: session-save-uninitialized
module.exports = cookieSession({ keys: [process.env.KEY], secure: true });
