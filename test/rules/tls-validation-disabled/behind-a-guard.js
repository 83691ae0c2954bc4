const got = require('got');
const express = require('express');
const app = express();
app.get('/pay', async (req, res) => {
  if (!req.session.cart) return res.redirect('/');
  try {
    await got('https://pay.example.com');
  } catch (error) {
    // expect: tls-validation-disabled
    if (error.code === 'CERT') await got('https://pay.example.com', { rejectUnauthorized: false });
  }
  // expect: tls-validation-disabled
  await got.post('https://pay.example.com', { rejectUnauthorized: false });
  return res.end();
});
app.listen(3000);
