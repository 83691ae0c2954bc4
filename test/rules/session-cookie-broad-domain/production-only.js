const session = require('express-session');
const production = process.env.NODE_ENV === 'production';
// expect: session-cookie-broad-domain
exports.a = session({ secret: process.env.SECRET, cookie: { domain: production ? 'example.com' : 'localhost' } });
// expect-none: session-cookie-broad-domain
exports.b = session({ secret: process.env.SECRET, cookie: { domain: production ? undefined : 'example.com' } });
