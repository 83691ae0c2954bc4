const https = require('https');
const express = require('express');
const app = express();
app.get('/', (req, res) => {
  https.get('https://partner.example', { agent: undefined }, (answer) => answer.pipe(res)).on('error', (error) => {
    // expect: tls-validation-disabled
    https.get('https://partner.example', { rejectUnauthorized: false }, (answer) => answer.pipe(res));
  });
});
app.listen(3000);
