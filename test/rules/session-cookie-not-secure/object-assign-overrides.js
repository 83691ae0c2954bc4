const session = require('express-session');
const overrides = {
  // expect: session-cookie-not-secure
  secure: false,
};
module.exports = session({ secret: process.env.SECRET, cookie: Object.assign({ secure: true }, overrides) });
