const session = require('express-session');
// expect-undecided: session-cookie-no-expiry
module.exports = session({ secret: process.env.SECRET, cookie: { maxAge: Number(process.env.MAX_AGE || 1000) } });
