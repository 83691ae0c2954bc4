const https = require('https');
const express = require('express');
const app = express();
app.get('/', (req, res) => {
  // expect-none: tls-validation-disabled
  https.get('https://partner.example', (answer) => answer.pipe(res));
});
app.listen(3000);
