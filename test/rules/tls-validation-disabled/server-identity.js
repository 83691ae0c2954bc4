const express = require('express');
const https = require('https');
const tls = require('tls');
const app = express();
const agents = [
  // expect: tls-validation-disabled
  new https.Agent({ checkServerIdentity: () => undefined }),
  // expect: tls-validation-disabled
  new https.Agent({ checkServerIdentity() {} }),
  // expect: tls-validation-disabled
  new https.Agent({ checkServerIdentity: function () { return null; } }),
  // expect-none: tls-validation-disabled
  new https.Agent({ checkServerIdentity: tls.checkServerIdentity }),
  // expect-none: tls-validation-disabled
  new https.Agent({ checkServerIdentity: (host, cert) => (cert.fingerprint256 === process.env.PIN ? undefined : new Error('pin')) }),
];
app.get('/', (req, res) => https.get('https://partner.example', { agent: agents[0] }, (answer) => answer.pipe(res)));
app.listen(3000);
