const session = require('express-session');
// A plain helper object that never reaches the middleware.
const unrelated = { cookie: { httpOnly: false } };
// expect-none: session-cookie-not-http-only
module.exports = session({ secret: process.env.SECRET, name: unrelated.name });
