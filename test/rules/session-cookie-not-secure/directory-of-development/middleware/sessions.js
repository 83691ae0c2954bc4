const session = require('express-session');
// expect-none: session-cookie-not-secure
module.exports = session({ secret: process.env.SECRET });
