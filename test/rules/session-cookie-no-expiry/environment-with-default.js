const session = require('express-session');
// A time is written, whatever it comes to.
// expect-none: session-cookie-no-expiry
module.exports = session({ secret: process.env.SECRET, cookie: { maxAge: Number(process.env.MAX_AGE || 1000) } });
