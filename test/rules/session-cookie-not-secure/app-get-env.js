const express = require('express');
const session = require('express-session');
const app = express();
app.set('trust proxy', 1);
// expect-none: session-cookie-not-secure
app.use(session({ secret: process.env.SECRET, cookie: { secure: app.get('env') === 'production' } }));
app.listen(process.env.PORT);
