const session = require('express-session');
if (process.env.NODE_ENV !== 'production') throw new Error('made for production only');
const secure = process.env.NODE_ENV === 'production';
// expect-none: session-cookie-not-secure
module.exports = session({ secret: process.env.SECRET, cookie: { secure } });
