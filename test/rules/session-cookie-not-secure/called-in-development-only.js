const express = require('express');
const session = require('express-session');
const useDevelopmentSession = function (app) {
  // expect-none: session-cookie-not-secure
  app.use(session({ secret: 'development', cookie: { secure: false } }));
}
const useProductionSession = (app) => {
  // expect-none: session-cookie-not-secure
  app.use(session({ secret: process.env.SECRET, cookie: { secure: true } }));
};
const app = express();
if (process.env.NODE_ENV === 'development') useDevelopmentSession(app);
else useProductionSession(app);
app.listen(3000);
