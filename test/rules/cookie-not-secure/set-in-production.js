const express = require('express');
const jwt = require('jsonwebtoken');
const app = express();

const send = (user, status, res) => {
  const options = { httpOnly: true, expires: new Date(Date.now() + 3600000) };
  if (process.env.NODE_ENV === 'production') options.secure = true;
  // expect-none: cookie-not-secure
  res.status(status).cookie('jwt', jwt.sign({ id: user.id }, process.env.KEY), options).json({ user });
};
app.post('/login', async (req, res) => {
  const user = await require('./user').findOne({ email: req.body.email });
  if (!user) return res.status(401).end();
  send(user, 200, res);
});
app.listen(3000);
