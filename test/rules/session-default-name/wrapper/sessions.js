const session = require('express-session');
const defaults = { name: 'default', secret: process.env.SECRET, resave: false };
exports.sessions = function (options) {
  // expect-none: session-default-name
  return session(Object.assign({}, defaults, options));
};
