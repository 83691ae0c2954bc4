const path = require('path');
const express = require('express');
const session = require('express-session');
const nconf = require('nconf');

nconf
  .argv()
  .env()
  .file({ file: path.join(__dirname, 'config', `${process.env.NODE_ENV}.json`) })
  .defaults({ session: { cookie: { secure: true, httpOnly: true } } });
const app = express();
app.use(
  session({
    secret: nconf.get('SESSION_SECRET'),
    // expect: session-cookie-not-secure
    cookie: { secure: nconf.get('session:cookie:secure'), httpOnly: true },
  }),
);
app.get('/', (req, res) => res.send('home'));
app.listen(3000);
