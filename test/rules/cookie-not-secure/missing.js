const express = require('express');
const jwt = require('jsonwebtoken');
const app = express();

app.post('/login', (req, res) => {
  const token = jwt.sign({ id: req.body.id }, process.env.KEY);
  // expect: cookie-not-secure
  res.cookie('token', token, { httpOnly: true, sameSite: 'lax' });
  res.json({ ok: true });
});
app.listen(3000);
