const express = require('express');
const cookieParser = require('cookie-parser');
const csrf = require('csurf');
const app = express();
app.use(cookieParser(process.env.SECRET));
// expect-none: session-option-misplaced
app.use(csrf({ cookie: { secure: true, httpOnly: true } }));
// expect-none: session-option-misplaced
app.use((req, res, next) => res.cookie('a', 'b', { secure: true, maxAge: 1000 }) && next());
app.listen(3000);
