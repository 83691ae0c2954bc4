const session = require('express-session');
function make({ sameSite = 'lax', secure = true } = {}) {
  // expect-none: session-cookie-same-site
  return session({ secret: process.env.SECRET, cookie: { sameSite, secure } });
}
module.exports = make();
