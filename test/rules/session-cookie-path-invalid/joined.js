const session = require('express-session');
const parts = ['foo', 'bar'];
// expect: session-cookie-path-invalid
module.exports = session({ secret: process.env.SECRET, cookie: { path: parts.join('/') } });
