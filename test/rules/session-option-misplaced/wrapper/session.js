const session = require('express-session');
module.exports = ({ secure }) =>
  session({
    secret: process.env.SECRET,
    // expect: session-option-misplaced
    secure,
  });
