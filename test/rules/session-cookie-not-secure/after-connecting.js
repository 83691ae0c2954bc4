const express = require('express');
const mongoose = require('mongoose');
const session = require('express-session');
const app = express();
mongoose.connect(process.env.MONGO_URL).then(() => {
  // expect: session-cookie-not-secure
  app.use(session({ secret: process.env.SECRET, cookie: { secure: false } }));
  app.listen(3000);
});
