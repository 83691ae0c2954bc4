const session = require('express-session');
// expect-undecided: session-cookie-not-http-only
module.exports = session({ secret: process.env.SECRET, cookie: { httpOnly: process.env.HTTP_ONLY !== 'no' } });
