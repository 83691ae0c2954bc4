const session = require('express-session');
// expect: session-cookie-broad-domain
module.exports = session({ secret: process.env.SECRET, cookie: { domain: '.example.com' } });
