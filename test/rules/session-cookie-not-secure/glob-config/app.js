const express = require('express');
const session = require('express-session');
const config = require('./config/config');

const app = express();
app.set('trust proxy', 1);
// expect-none: session-cookie-not-secure
app.use(session({ secret: config.session.secret, cookie: config.session.cookie }));
app.get('/', (req, res) => res.send('home'));
app.listen(3000);
