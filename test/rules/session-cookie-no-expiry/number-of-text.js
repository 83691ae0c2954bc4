const session = require('express-session');
const hours = Number.parseInt('8', 10);
// expect-none: session-cookie-no-expiry
module.exports = session({ secret: process.env.SECRET, cookie: { maxAge: hours * 3600000 } });
