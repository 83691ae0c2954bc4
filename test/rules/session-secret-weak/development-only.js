const session = require('express-session');
// expect-none: session-secret-weak
exports.a = session({ secret: process.env.NODE_ENV === 'production' ? process.env.SECRET : String(Math.random()) });
// expect: session-secret-weak
exports.b = session({ secret: process.env.NODE_ENV === 'production' ? String(Math.random()) : 'development' });
