const session = require('express-session');
// expect-none: session-cookie-same-site
module.exports = session({ secret: process.env.SECRET, cookie: { sameSite: 'lax' } });
