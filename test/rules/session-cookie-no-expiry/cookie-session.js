const cookieSession = require('cookie-session');
// expect: session-cookie-no-expiry
module.exports = cookieSession({ keys: [process.env.KEY], cookie: { maxAge: 1000 } });
