const express = require('express');
const session = require('express-session');
const app = express();
const options = { secret: process.env.SECRET, cookie: { secure: 'auto' } };
if (app.get('env') === 'production') {
  options.cookie.sameSite = 'lax';
} else {
  // expect-none: session-cookie-same-site
  options.cookie.sameSite = 'none';
}
// expect-none: session-cookie-same-site
app.use(session(options));
app.listen(3000);
