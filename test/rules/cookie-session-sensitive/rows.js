const express = require('express');
const cookieSession = require('cookie-session');
const app = express();
app.use(cookieSession({ keys: [process.env.KEY] }));

const db = require('mysql').createConnection({});
app.post('/login', (req, res) => {
  db.query('SELECT * FROM users WHERE email = ?', [req.body.email], (err, rows) => {
    if (err || rows.length === 0) return res.sendStatus(401);
    // expect: cookie-session-sensitive
    req.session.user = rows[0];
    res.end();
  });
});
app.post('/other', (req, res) => {
  db.query('SELECT id FROM users WHERE email = ?', [req.body.email], (err, rows) => {
    // expect-none: cookie-session-sensitive
    req.session.userId = rows[0].id;
    // expect-none: cookie-session-sensitive
    req.session.username = req.body.username;
    res.end();
  });
});
app.listen(3000);
