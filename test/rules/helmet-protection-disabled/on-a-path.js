const express = require('express');
const helmet = require('helmet');
const app = express();
app.use('/app', helmet());
// expect: helmet-protection-disabled
app.use('/docs', helmet({ contentSecurityPolicy: false }));
app.get('/docs', (req, res) => res.send('docs'));
app.get('/app', (req, res) => res.send('app'));
app.listen(3000);
