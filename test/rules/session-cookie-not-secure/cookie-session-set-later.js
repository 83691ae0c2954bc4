const express = require('express');
const cookieSession = require('cookie-session');

const app = express();
const options = { name: 'shop', keys: [process.env.KEY] };
app.use(cookieSession(options));
// cookie-session copies its options for each request.
if (process.env.NODE_ENV === 'production') {
  // expect-undecided: session-cookie-not-secure
  options.secure = process.env.BEHIND_TLS === 'true';
}
app.listen(3000);
