const express = require('express');
const session = require('express-session');
module.exports = function createApp({ production }) {
  const app = express();
  const cookie = { httpOnly: true };
  if (production) {
    app.set('trust proxy', 1);
    cookie.secure = true;
  }
  // expect-none: session-cookie-not-secure
  app.use(session({ secret: process.env.SECRET, cookie }));
  return app;
};
