import express from 'express';
import https from 'https';
const app = express();
const options = {
  // expect: tls-protocol-weak
  secureProtocol: 'TLSv1_method',
};
https.createServer(options, app).listen(443);
const old = new https.Agent({
  // expect: tls-protocol-weak
  secureProtocol: 'SSLv3_client_method',
});
app.get('/', (req, res) => {
  https.get('https://partner.example', { agent: old });
  // expect: tls-protocol-weak
  https.get('https://partner.example', { secureProtocol: 'TLSv1_1_method' });
  res.end();
});
