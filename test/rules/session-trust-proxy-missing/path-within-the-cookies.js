const express = require('express');
const session = require('express-session');
const app = express();
// expect-none: session-trust-proxy-missing
app.use(session({ secret: process.env.SECRET, cookie: { secure: true, path: '/account' } }));
const account = express();
account.set('trust proxy', 1);
account.get('/:order', (req, res) => res.send('hello'));
app.use('/account', account);
app.listen(3000);
