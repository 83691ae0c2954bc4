const cookieSession = require('cookie-session');
// The older name that cookies still takes.
// expect-none: session-cookie-no-expiry
exports.a = cookieSession({ keys: [process.env.KEY], maxage: 3600000 });
// expect: session-cookie-no-expiry
exports.b = cookieSession({ keys: [process.env.KEY], maxage: 0 });
