const session = require('express-session');
const defaults = { path: 'admin', secure: true };
// expect-none: session-cookie-path-invalid
module.exports = session({ secret: process.env.SECRET, cookie: Object.assign({}, defaults, { path: '/admin' }) });
