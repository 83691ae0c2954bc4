const express = require('express');
const session = require('express-session');
const app = express();
app.set('trust proxy', 1);
app.use(session({ secret: process.env.SECRET, cookie: { secure: true } }));
app.get('/', (req, res) => res.end());
app.listen(3000);
