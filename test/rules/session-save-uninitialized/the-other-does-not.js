const express = require('express');
const session = require('express-session');
const app = express();
if (process.env.REDIS_URL) {
  // expect-none: session-save-uninitialized
  app.use(session({ secret: process.env.SECRET, saveUninitialized: false }));
} else {
  // expect-undecided: session-save-uninitialized
  app.use(session({ secret: process.env.SECRET, saveUninitialized: true }));
}
app.listen(3000);
