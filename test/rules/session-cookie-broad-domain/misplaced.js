const session = require('express-session');
// express-session does not look there.
// expect-none: session-cookie-broad-domain
module.exports = session({ secret: process.env.SECRET, domain: '.example.com', cookie: { secure: true } });
