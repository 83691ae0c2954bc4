const cookieSession = require('cookie-session');
// expect-none: session-cookie-not-http-only
module.exports = cookieSession({ keys: [process.env.KEY], cookie: { httpOnly: false } });
