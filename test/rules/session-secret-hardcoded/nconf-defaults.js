const express = require('express');
const session = require('express-session');
const nconf = require('nconf');

nconf.env(['SESSION_SECRET']).defaults({ SESSION_SECRET: 'keyboard cat' });
const app = express();
// expect: session-secret-hardcoded
app.use(session({ secret: nconf.get('SESSION_SECRET'), resave: false }));
app.get('/', (req, res) => res.send('home'));
app.listen(3000);
