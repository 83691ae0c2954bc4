const session = require('koa-session');
// expect-none: session-cookie-not-secure
module.exports = session({ secret: 'x', cookie: { secure: false } });
