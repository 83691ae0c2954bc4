const express = require('express');
const app = express();
if (process.env.NODE_ENV !== 'production') {
  const https = require('https');
  const fs = require('fs');
  https.createServer({ key: fs.readFileSync('certs/server.key'), cert: fs.readFileSync('certs/server.crt') }, app).listen(8443);
} else app.listen(process.env.PORT);
