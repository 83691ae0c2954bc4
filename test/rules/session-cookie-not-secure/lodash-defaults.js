const defaults = require('lodash/defaults');
const session = require('express-session');
const given = {
  // expect: session-cookie-not-secure
  secure: false,
};
module.exports = session({ secret: process.env.SECRET, cookie: defaults(given, { secure: true, httpOnly: true }) });
