const express = require('express');
const session = require('express-session');
const app = express();
// expect-none: session-cookie-path-invalid
app.use(session({ secret: process.env.SECRET, path: 'ignored', cookie: { path: '/shop' } }));
// expect-none: session-cookie-path-invalid
app.get('shop', (req, res) => res.cookie('a', 'b', { path: 'shop' }).end());
app.listen(3000);
