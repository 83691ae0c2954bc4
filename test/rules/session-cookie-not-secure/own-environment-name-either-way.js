const session = require('express-session');
const isProduction = process.env.APP_ENV === 'production';
// expect-none: session-cookie-not-secure
module.exports = session({ secret: process.env.SECRET, cookie: isProduction ? { secure: true } : { secure: 'auto' } });
