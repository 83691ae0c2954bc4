const session = require('express-session');
exports.sessions = (app) => {
  // expect-none: session-cookie-not-secure
  app.use(session({ secret: process.env.SECRET, cookie: { secure: true } }));
};
