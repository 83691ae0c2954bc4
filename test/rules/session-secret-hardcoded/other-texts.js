const session = require('express-session');
// A text elsewhere is no secret: the name, the cookie's path, another library's.
// expect-none: session-secret-hardcoded
module.exports = session({ secret: process.env.SECRET, name: 'keyboard cat', cookie: { path: '/', domain: 'shop.example' } });
// expect-none: session-secret-hardcoded
exports.cookieParser = require('cookie-parser')('keyboard cat');
