const session = require('express-session');
exports.setUp = function (app) {
  // expect: session-cookie-not-secure
  app.use(session({ secret: process.env.SECRET, cookie: { secure: false } }));
};
