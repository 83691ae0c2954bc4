const session = require('express-session');
// expect: session-cookie-same-site
module.exports = session({ secret: process.env.SECRET, cookie: { secure: true } });
