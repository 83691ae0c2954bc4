const session = require('express-session');
// expect: session-cookie-path-invalid
module.exports = session({ secret: process.env.SECRET, cookie: { path: 'shop' } });
