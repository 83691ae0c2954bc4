const express = require('express');
const session = require('express-session');
function sessions(saveUninitialized) {
  return session({
    secret: process.env.SECRET,
    // expect-none: session-save-uninitialized
    saveUninitialized,
  });
}
const app = express();
app.use(sessions(false));
app.listen(3000);
