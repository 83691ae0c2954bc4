const express = require('express');
const helmet = require('helmet');

// expect: helmet-missing
const app = express();
// In a list, Express 5 takes `/` for nothing but the root itself.
app.use(['/', '/admin'], helmet());
app.get('/account', (req, res) => res.send('an answer'));
app.listen(3000);
