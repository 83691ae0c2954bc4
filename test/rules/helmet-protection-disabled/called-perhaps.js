const express = require('express');
const helmet = require('helmet');
const app = express();
if (process.env.SECURE) {
  // expect-undecided: helmet-protection-disabled
  const secure = helmet({
    contentSecurityPolicy: false,
    frameguard: false,
  });
  app.use(secure);
}
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
