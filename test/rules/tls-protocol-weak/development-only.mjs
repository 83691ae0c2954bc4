// expect-none: tls-protocol-weak
import express from 'express';
import https from 'node:https';
const app = express();
const options = { minVersion: process.env.NODE_ENV === 'production' ? 'TLSv1.2' : 'TLSv1' };
if (process.env.NODE_ENV !== 'production') options.ciphers = 'RC4-SHA';
https.createServer(options, app).listen(443);
