const express = require('express');
const helmet = require('helmet');
const app = express();
app.use(helmet({
  contentSecurityPolicy: {
    directives: { 'report-uri': ['/csp'] },
    // expect: helmet-protection-disabled
    reportOnly: true,
  },
}));
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
