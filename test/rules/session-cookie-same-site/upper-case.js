const session = require('express-session');
// expect: session-cookie-same-site
exports.none = session({ secret: process.env.SECRET, cookie: { sameSite: 'None', secure: true } });
// expect-none: session-cookie-same-site
exports.strict = session({ secret: process.env.SECRET, cookie: { sameSite: 'Strict', secure: true } });
