const session = require('express-session');
module.exports = (app) => {
  // expect-none: session-cookie-not-secure
  app.use(session({ secret: process.env.SECRET }));
};
