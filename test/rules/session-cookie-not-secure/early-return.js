const session = require('express-session');
function cookieOptions() {
  if (process.env.NODE_ENV === 'production') {
    return { secure: true, httpOnly: true };
  }
  return { secure: false };
}
// expect-none: session-cookie-not-secure
module.exports = session({ secret: process.env.SECRET, cookie: cookieOptions() });
