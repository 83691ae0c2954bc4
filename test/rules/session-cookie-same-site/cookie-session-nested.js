const cookieSession = require('cookie-session');
// expect: session-cookie-same-site
module.exports = cookieSession({ keys: [process.env.KEY], cookie: { sameSite: 'lax' } });
