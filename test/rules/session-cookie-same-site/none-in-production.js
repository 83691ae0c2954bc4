const session = require('express-session');
const production = process.env.NODE_ENV === 'production';
// expect: session-cookie-same-site
module.exports = session({ secret: process.env.SECRET, cookie: { sameSite: production ? 'none' : 'lax' } });
