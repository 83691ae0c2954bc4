const express = require('express');
const session = require('express-session');
function useSessions(app) {
  if (process.env.NODE_ENV !== 'production') {
    // expect-none: session-cookie-not-secure
    app.use(session({ secret: 'development', cookie: { secure: false } }));
    return;
  }
  // expect-none: session-cookie-not-secure
  app.use(session({ secret: process.env.SECRET, cookie: { secure: true } }));
}
const app = express();
useSessions(app);
app.listen(3000);
