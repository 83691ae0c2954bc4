const session = require('express-session');
// expect-none: session-cookie-no-expiry
module.exports = session({ secret: process.env.SECRET, cookie: { expires: new Date(Date.now() + 1000) } });
