const config = require('config');
const express = require('express');
const session = require('express-session');

const app = express();
// expect-none: session-secret-hardcoded
app.use(session(config.get('session')));
app.get('/', (req, res) => res.send('home'));
app.listen(3000);
