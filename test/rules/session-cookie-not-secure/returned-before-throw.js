const express = require('express');
const session = require('express-session');
const cookie = { secure: false };
// Who comes back from it has left by the first way.
function settings(root) {
  if (root) {
    cookie.secure = true;
    return cookie;
  }
  cookie.secure = false;
  throw new Error('ROOT is missing');
}
const app = express();
// expect-none: session-cookie-not-secure
app.use(session({ secret: process.env.SECRET, cookie: settings(process.env.ROOT) }));
app.listen(3000);
