const session = require('cookie-session');
module.exports = session({
  keys: [process.env.KEY],
  // expect: session-option-misplaced
  cookie: { secure: true, httpOnly: true },
});
