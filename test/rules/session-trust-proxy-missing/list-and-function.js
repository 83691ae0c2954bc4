const express = require('express');
const session = require('express-session');
const options = { secret: process.env.SECRET, cookie: { secure: true } };
for (const trust of ['loopback, 10.0.0.0/8', ['loopback'], (address) => address === '10.0.0.1', 2]) {
  const app = express();
  app.set('trust proxy', trust);
  // expect-none: session-trust-proxy-missing
  app.use(session(options));
  app.listen(3000);
}
