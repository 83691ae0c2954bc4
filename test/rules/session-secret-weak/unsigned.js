const cookieSession = require('cookie-session');
// expect: session-secret-weak
exports.a = cookieSession({ keys: [process.env.KEY], signed: false });
// expect: session-secret-weak
exports.b = cookieSession({ signed: process.env.NODE_ENV !== 'production' });
// expect-none: session-secret-weak
exports.c = cookieSession({ keys: [process.env.KEY], signed: true });
// expect-none: session-secret-weak
exports.d = cookieSession({ keys: [process.env.KEY], signed: undefined });
