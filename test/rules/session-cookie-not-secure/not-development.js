const session = require('express-session');
const env = process.env.NODE_ENV ?? 'development';
const isLocal = env === 'development' || env === 'test';
// expect-none: session-cookie-not-secure
module.exports = session({ secret: process.env.SECRET, cookie: { secure: !isLocal } });
