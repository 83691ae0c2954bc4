const cookieSession = require('cookie-session');
// expect-none: session-cookie-same-site
module.exports = cookieSession({ keys: [process.env.KEY], sameSite: 'lax' });
