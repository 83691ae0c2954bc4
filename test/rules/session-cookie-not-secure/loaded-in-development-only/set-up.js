const session = require('express-session');
module.exports = function (app) {
  app.use(session({ secret: 'development', cookie: { secure: false } }));
};
