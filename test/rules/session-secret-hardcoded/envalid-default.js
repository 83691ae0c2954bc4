const envalid = require('envalid');
const express = require('express');
const session = require('express-session');

const env = envalid.cleanEnv(process.env, { SESSION_SECRET: envalid.str({ default: 'keyboard cat' }) });
const app = express();
// expect: session-secret-hardcoded
app.use(session({ secret: env.SESSION_SECRET, resave: false }));
app.get('/', (req, res) => res.send('home'));
app.listen(3000);
