const session = require('express-session');
const secure = JSON.parse(process.env.COOKIE_SECURE || 'true');
// expect-undecided: session-cookie-not-secure
module.exports = session({ secret: process.env.SECRET, cookie: { secure } });
