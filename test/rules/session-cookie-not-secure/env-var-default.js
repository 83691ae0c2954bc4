const env = require('env-var');
const express = require('express');
const session = require('express-session');

const secure = env.get('COOKIE_SECURE').default('false').asBool();
const mode = env.get('NODE_ENV').required().asString();
const app = express();
app.set('trust proxy', 1);
// expect-undecided: session-cookie-not-secure
app.use(session({ name: 'a', secret: process.env.SECRET, cookie: { secure } }));
// expect: session-cookie-not-secure
app.use(session({ name: 'b', secret: process.env.SECRET, cookie: { secure: mode !== 'production' } }));
app.get('/', (req, res) => res.send('home'));
app.listen(3000);
