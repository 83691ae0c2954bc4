const express = require('express');
const https = require('https');
const fs = require('fs');
const app = express();
https
  .createServer(
    {
      key: fs.readFileSync(process.env.KEY_FILE),
      cert: fs.readFileSync(process.env.CERT_FILE),
      // expect: tls-protocol-weak
      minVersion: 'TLSv1',
    },
    app,
  )
  .listen(443);
