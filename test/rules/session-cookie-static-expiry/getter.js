const express = require('express');
const session = require('express-session');

const app = express();
const cookie = {
  // expect-none: session-cookie-static-expiry
  get expires() {
    return new Date(Date.now() + 60 * 60 * 1000);
  },
};
app.use(session({ secret: process.env.SECRET, cookie }));
app.listen(3000);
