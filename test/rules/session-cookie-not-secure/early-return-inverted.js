const session = require('express-session');
function cookieOptions() {
  if (process.env.NODE_ENV !== 'production') return { secure: true };
  return {
    // expect: session-cookie-not-secure
    secure: false,
  };
}
module.exports = session({ secret: process.env.SECRET, cookie: cookieOptions() });
