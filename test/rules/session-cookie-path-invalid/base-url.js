const session = require('express-session');
const base = new URL('https://example.com/shop').pathname;
// expect-none: session-cookie-path-invalid
module.exports = session({ secret: process.env.SECRET, cookie: { path: base } });
