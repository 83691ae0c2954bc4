const express = require('express');
const helmet = require('helmet');
const app = express();
const settings = require('some-settings');
// expect-undecided: helmet-protection-disabled
app.use(helmet(settings.helmet));
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
