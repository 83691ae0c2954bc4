const express = require('express');
const session = require('express-session');
const app = express();
// expect: session-trust-proxy-missing
app.use(session({ secret: process.env.SECRET, cookie: { secure: true, path: '/account' } }));
const admin = express();
admin.set('trust proxy', 1);
// No session begins here: the cookie's path is another.
admin.get('/', (req, res) => res.send('hello'));
app.use('/admin', admin);
app.get('/account/orders', (req, res) => res.send('hello'));
app.listen(3000);
