const session = require('express-session');
// expect-undecided: session-cookie-broad-domain
exports.a = session({ secret: process.env.SECRET, cookie: { domain: process.env.COOKIE_DOMAIN || '.example.com' } });
// expect-none: session-cookie-broad-domain
exports.b = session({ secret: process.env.SECRET, cookie: { domain: process.env.COOKIE_DOMAIN || 'www.example.com' } });
