const https = require('node:https');
const express = require('express');
const mailer = require('some-mailer');
const app = express();
app.listen(3000);
mailer.send('hello').catch((error) => {
  if (error.code !== 'DEPTH_ZERO_SELF_SIGNED_CERT') throw error;
  // expect: tls-validation-disabled
  https.get({ host: 'mail.example.com', rejectUnauthorized: false });
});
mailer.send('hello', (err, info) => {
  // expect: tls-validation-disabled
  if (err) https.get({ host: info, rejectUnauthorized: false });
});
