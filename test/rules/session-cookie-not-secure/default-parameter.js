const session = require('express-session');
const cookie = ({ secure = process.env.NODE_ENV === 'production', maxAge = 1000 } = {}) => ({ secure, maxAge });
// expect-none: session-cookie-not-secure
exports.a = session({ secret: process.env.SECRET, cookie: cookie() });
// expect-none: session-cookie-not-secure
exports.b = session({ secret: process.env.SECRET, cookie: cookie({ maxAge: 5 }) });
