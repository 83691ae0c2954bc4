const session = require('express-session');
function inHours(hours) {
  const date = new Date();
  date.setHours(date.getHours() + hours);
  return date;
}
module.exports = (hours) =>
  session({
    secret: process.env.SECRET,
    // expect: session-cookie-static-expiry
    cookie: { expires: inHours(hours) },
  });
