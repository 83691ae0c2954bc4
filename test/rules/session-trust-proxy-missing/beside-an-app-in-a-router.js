const express = require('express');
const session = require('express-session');
const app = express();
app.set('trust proxy', 1);
// expect-none: session-trust-proxy-missing
app.use(session({ secret: process.env.SECRET, cookie: { secure: true } }));
const router = express.Router();
const extras = express();
extras.get('/extra', (req, res) => res.send('extra'));
// Requests of other paths never come into it.
router.use('/extras', extras);
app.use(router);
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
