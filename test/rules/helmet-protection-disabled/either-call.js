const express = require('express');
const helmet = require('helmet');
const app = express();
if (process.env.STRICT) {
  app.use(helmet());
} else {
  // expect-undecided: helmet-protection-disabled
  app.use(helmet({ contentSecurityPolicy: false }));
}
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
