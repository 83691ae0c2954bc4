const session = require('express-session');
// expect-undecided: session-cookie-same-site
module.exports = session({ secret: process.env.SECRET, cookie: { sameSite: process.env.SAME_SITE || 'lax' } });
