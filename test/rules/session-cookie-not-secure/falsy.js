const session = require('express-session');
const secret = process.env.SECRET;
// expect: session-cookie-not-secure
exports.zero = session({ secret, cookie: { secure: 0 } });
// expect: session-cookie-not-secure
exports.empty = session({ secret, cookie: { secure: '' } });
// expect: session-cookie-not-secure
exports.nothing = session({ secret, cookie: { secure: null } });
// expect: session-cookie-not-secure
exports.unset = session({ secret, cookie: { secure: undefined } });
// expect: session-cookie-not-secure
exports.noCookie = session({ secret, cookie: null });
