const session = require('express-session');
const secure = ['production', 'staging'].includes(process.env.NODE_ENV);
// expect-none: session-cookie-not-secure
module.exports = session({ secret: process.env.SECRET, cookie: { secure } });
