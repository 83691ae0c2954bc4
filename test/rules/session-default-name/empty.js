const session = require('express-session');
const cookieSession = require('cookie-session');
// expect: session-default-name
exports.a = session({ secret: process.env.SECRET, name: '' });
// cookies is then given an empty name of its own: it is not the default.
// expect-none: session-default-name
exports.b = cookieSession({ keys: [process.env.KEY], name: '' });
