import express from 'express';
import https from 'node:https';
const app = express();
const key =
  // expect: private-key-committed
  '-----BEGIN PRIVATE KEY-----\n' +
  'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgqKBXHNR8sjlYRJQN\n' +
  'Y50yRMqOhQPKxlU2cxak2mQB0MGhRANCAASUEItdiHw56TgDwFGnb0mFYqATIg5j\n' +
  '5K6T7yc9nXPfjSC7L+cIoJsNfcGCRJfraKGI+Uduin+FMs3jepBAfe4U\n' +
  '-----END PRIVATE KEY-----\n';
https.createServer({ key, cert: process.env.CERT }, app).listen(443);
