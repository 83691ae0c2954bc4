const session = require('express-session');
// Without a secret each request fails (express-session, index.js: "secret option required for sessions").
// expect-none: session-secret-weak
module.exports = session({ secret: process.env.SECRET || '' });
