const session = require('express-session');
// expect: session-cookie-same-site
module.exports = session({ secret: process.env.SECRET, cookie: { sameSite: 'none', secure: true } });
