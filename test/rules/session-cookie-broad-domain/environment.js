const session = require('express-session');
// expect-none: session-cookie-broad-domain
module.exports = session({ secret: process.env.SECRET, cookie: { domain: process.env.COOKIE_DOMAIN } });
