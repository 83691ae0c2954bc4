const express = require('express');
const https = require('https');
const fs = require('fs');
const path = require('path');
const app = express();
https
  .createServer(
    {
      key: fs.readFileSync(path.join(__dirname, 'certs', 'server.key')),
      cert: fs.readFileSync(path.join(__dirname, 'certs', 'server.crt')),
    },
    app,
  )
  .listen(443);
