const cookieSession = require('cookie-session');
const session = require('express-session');
// expect: session-cookie-no-expiry
exports.a = session();
// expect: session-cookie-no-expiry
exports.b = cookieSession({ name: 'shop', secret: process.env.SECRET });
