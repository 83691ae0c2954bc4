const express = require('express');
const helmet = require('helmet');
const app = express();
app.use(
  helmet.contentSecurityPolicy({
    directives: {
      ...helmet.contentSecurityPolicy.getDefaultDirectives(),
      // expect: csp-unsafe
      'script-src': ["'self'", "'unsafe-inline'"],
    },
  }),
);
// expect-none: csp-unsafe
app.use('/api', helmet.contentSecurityPolicy({ directives: { ...helmet.contentSecurityPolicy.getDefaultDirectives(), 'img-src': ['*'] } }));
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
