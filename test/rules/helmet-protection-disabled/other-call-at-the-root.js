const express = require('express');
const helmet = require('helmet');
const app = express();
app.use(helmet());
// expect-none: helmet-protection-disabled
app.use('/docs', helmet({ contentSecurityPolicy: false }));
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
