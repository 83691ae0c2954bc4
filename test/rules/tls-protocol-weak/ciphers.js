const express = require('express');
const https = require('https');
const http2 = require('http2');
const app = express();
https.createServer({
  // expect: tls-protocol-weak
  ciphers: 'ECDHE-RSA-AES128-GCM-SHA256:DES-CBC3-SHA',
}, app);
http2.createSecureServer({
  // expect: tls-protocol-weak
  ciphers: ['HIGH', 'RC4', '!MD5'].join(':'),
}, app);
https.request({
  host: 'partner.example',
  // expect: tls-protocol-weak
  ciphers: 'DEFAULT@SECLEVEL=0',
});
// expect-none: tls-protocol-weak
https.request({ host: 'partner.example', ciphers: 'DEFAULT:!3DES:!RC4:@SECLEVEL=1' });
