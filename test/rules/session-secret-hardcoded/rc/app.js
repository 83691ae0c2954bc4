const express = require('express');
const session = require('express-session');
const config = require('rc')('shop', { session: { resave: false } });

const app = express();
// expect: session-secret-hardcoded
app.use(session({ secret: config.session.secret, resave: config.session.resave }));
app.get('/', (req, res) => res.send('home'));
app.listen(3000);
