const session = require('express-session');
module.exports = session({
  secret: process.env.SECRET,
  // expect: session-option-misplaced
  secure: true,
});
