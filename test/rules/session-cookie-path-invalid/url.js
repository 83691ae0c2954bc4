const session = require('express-session');
module.exports = session({
  secret: process.env.SECRET,
  // expect: session-cookie-path-invalid
  cookie: { path: 'https://shop.example/' },
});
