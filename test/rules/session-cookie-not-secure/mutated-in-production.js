const express = require('express');
const session = require('express-session');
const app = express();
const options = { secret: process.env.SECRET, cookie: {} };
if (app.get('env') === 'production') {
  app.set('trust proxy', 1);
  options.cookie.secure = true;
}
// expect-none: session-cookie-not-secure
app.use(session(options));
