const session = require('express-session');
// expect: session-cookie-same-site
module.exports = session({ secret: process.env.SECRET, cookie: { samesite: 'lax', secure: true } });
