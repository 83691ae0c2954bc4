const express = require('express');
function session(options) {
  return (req, res, next) => {
    req.session = Object.create(options.cookie);
    next();
  };
}
const app = express();
// expect-none: session-cookie-not-secure
app.use(session({ secret: 'x', cookie: { secure: false } }));
app.listen(3000);
