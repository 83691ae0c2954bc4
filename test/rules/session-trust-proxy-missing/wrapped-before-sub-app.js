const express = require('express');
const session = require('express-session');
const app = express();
// expect-none: session-trust-proxy-missing
const keep = session({ secret: process.env.SECRET, cookie: { secure: true } });
app.use(function guarded(req, res, next) {
  return keep(req, res, next);
});
const admin = express();
admin.set('trust proxy', 1);
admin.get('/', (req, res) => res.send('hello'));
app.use('/admin', admin);
app.listen(3000);
