import express from 'express';
import https, { type ServerOptions } from 'node:https';
const app = express();
const options: ServerOptions = { minVersion: 'TLSv1.2' };
if (app.get('env') === 'production') {
  // expect: tls-protocol-weak
  options.minVersion = 'TLSv1.1';
}
https.createServer(options, app).listen(443);
