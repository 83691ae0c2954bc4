const express = require('express');
const cookieSession = require('cookie-session');

const given = { keys: [process.env.KEY], sameSite: 'lax', secure: process.env.SECURE ? true : undefined };
const app = express();
app.use(
  // expect: session-default-name
  cookieSession(
    // Whether `secure` is left out hangs on the variable; that there is no name does not.
    Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  ),
);
app.listen(3000);
