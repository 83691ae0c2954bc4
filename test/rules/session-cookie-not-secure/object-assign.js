const session = require('express-session');
const defaults = { secure: false, httpOnly: true };
const cookie = Object.assign({}, defaults, process.env.NODE_ENV === 'production' && { secure: true });
// expect-none: session-cookie-not-secure
module.exports = session({ secret: process.env.SECRET, cookie });
