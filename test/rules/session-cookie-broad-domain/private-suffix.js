const session = require('express-session');
// expect: session-cookie-broad-domain
exports.a = session({ secret: process.env.SECRET, cookie: { domain: '.herokuapp.com' } });
// One application's own name there is registrable, and all of it is its owner's.
// expect: session-cookie-broad-domain
exports.b = session({ secret: process.env.SECRET, cookie: { domain: 'shop.herokuapp.com' } });
// expect-none: session-cookie-broad-domain
exports.c = session({ secret: process.env.SECRET, cookie: { domain: 'www.shop.herokuapp.com' } });
