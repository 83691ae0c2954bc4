const express = require('express');
const session = require('express-session');
const cookie = { secure: true };
// Who comes back from it has left by the first way.
function settings(root) {
  if (root) {
    // expect: session-cookie-not-secure
    cookie.secure = false;
    return cookie;
  }
  cookie.secure = 'auto';
  process.exit(1);
}
const app = express();
app.use(session({ secret: process.env.SECRET, cookie: settings(process.env.ROOT) }));
app.listen(3000);
