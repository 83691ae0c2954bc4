const session = require('express-session');
// expect-none: session-cookie-broad-domain
exports.a = session({ secret: process.env.SECRET, cookie: { domain: 'app.example.com' } });
// expect-none: session-cookie-broad-domain
exports.b = session({ secret: process.env.SECRET, cookie: { domain: '.app.example.com' } });
// expect-none: session-cookie-broad-domain
exports.c = session({ secret: process.env.SECRET, cookie: { domain: 'my.shop.co.uk' } });
