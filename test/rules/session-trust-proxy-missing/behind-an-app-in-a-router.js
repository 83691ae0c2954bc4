const express = require('express');
const session = require('express-session');
const app = express();
app.set('trust proxy', 1);
// expect: session-trust-proxy-missing
app.use(session({ secret: process.env.SECRET, cookie: { secure: true } }));
// A router does not take the request back from an app that hands it on: what follows still belongs to `extras`.
const router = express.Router();
const extras = express();
extras.get('/extra', (req, res) => res.send('extra'));
router.use(extras);
app.use(router);
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
