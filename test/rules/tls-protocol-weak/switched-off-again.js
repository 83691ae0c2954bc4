const express = require('express');
const https = require('https');
const { constants } = require('crypto');
const app = express();
https.createServer(
  {
    // expect-none: tls-protocol-weak
    minVersion: 'TLSv1',
    secureOptions: constants.SSL_OP_NO_TLSv1 | constants.SSL_OP_NO_TLSv1_1,
  },
  app,
);
https.createServer(
  {
    // expect: tls-protocol-weak
    minVersion: 'TLSv1',
    secureOptions: constants.SSL_OP_NO_TLSv1,
  },
  app,
);
