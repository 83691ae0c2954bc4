const session = require('express-session');
const cookie = {
  // expect: session-option-misplaced
  sameSite: 'lax',
};
module.exports = session({ secret: process.env.SECRET, ...cookie });
