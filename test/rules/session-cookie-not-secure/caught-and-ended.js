const express = require('express');
const session = require('express-session');
const cookie = { secure: true };
try {
  require('dotenv').config();
} catch (error) {
  cookie.secure = false;
  process.exit(1);
}
const app = express();
// expect-none: session-cookie-not-secure
app.use(session({ secret: process.env.SECRET, cookie }));
app.listen(3000);
