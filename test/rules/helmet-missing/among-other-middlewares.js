const cors = require('cors');
const { doubleCsrf } = require('csrf-csrf');
const { csrfSync } = require('csrf-sync');
const express = require('express');
const helmet = require('helmet');
const hpp = require('hpp');
// expect-none: helmet-missing
const app = express();
const { doubleCsrfProtection } = doubleCsrf({ getSecret: () => process.env.CSRF_SECRET });
const { csrfSynchronisedProtection } = csrfSync();
if (doubleCsrfProtection && csrfSynchronisedProtection) app.use(helmet());
[cors(), hpp(), doubleCsrfProtection, csrfSynchronisedProtection].filter(Boolean).forEach((each) => app.use(each));
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
