const express = require('express');
const cookieSession = require('cookie-session');

const given = { keys: [process.env.KEY], name: 'shop', secure: process.env.SECURE ? true : undefined };
const app = express();
app.use(
  // expect-none: session-default-name
  cookieSession(
    Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  ),
);
app.listen(3000);
