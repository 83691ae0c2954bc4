const express = require('express');
const helmet = require('helmet');

// expect-none: helmet-missing
const app = express();
// In Express 4 all requests pass at `/`, in a list too.
app.use(['/', '/admin'], helmet());
app.get('/account', (req, res) => res.send('an answer'));
app.listen(3000);
