const express = require('express');
const session = require('express-session');
const nconf = require('nconf');

nconf.env().file('./settings.json');
nconf.required(['SESSION_SECRET']);
const app = express();
// expect-none: session-secret-hardcoded
app.use(session({ secret: nconf.get('SESSION_SECRET'), resave: false }));
app.get('/', (req, res) => res.send('home'));
app.listen(3000);
