const https = require('node:https');
const express = require('express');
const app = express();
app.use(express.json());
app.post('/admin/webhooks/test', (req, res) => {
  const options = { host: 'hooks.example.com' };
  // expect-undecided: tls-validation-disabled
  if (req.body.allowSelfSigned) options.rejectUnauthorized = false;
  https.get(options, (answer) => res.json({ status: answer.statusCode }));
});
app.post('/admin/mail/test', (req, res) => {
  const { allowSelfSigned } = req.body;
  // expect-undecided: tls-validation-disabled
  https.get({ host: 'mail.example.com', rejectUnauthorized: !allowSelfSigned }, () => res.end());
});
app.post('/admin/directory/test', (req, res) => {
  let agent;
  // expect: tls-validation-disabled
  if (req.body.allowSelfSigned) agent = new https.Agent({ rejectUnauthorized: false });
  https.get({ host: 'directory.example.com', agent }, () => res.end());
});
app.listen(3000);
