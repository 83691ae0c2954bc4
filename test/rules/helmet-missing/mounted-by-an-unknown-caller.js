const express = require('express');
const helmet = require('helmet');
const boot = require('some-boot-loader');

function properties() {
  // expect-undecided: helmet-missing
  const sub = express();
  sub.get('/', (req, res) => res.json({}));
  return sub;
}

boot((ctx, next) => {
  ctx.properties = properties();
  next();
});
boot((ctx, next) => {
  const app = express();
  app.use(helmet());
  app.use('/properties', ctx.properties);
  app.listen(3000);
  next();
});
