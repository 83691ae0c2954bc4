import express from 'express';
import { createServer } from 'node:https';
const app = express();
const key: string = [
  // expect: private-key-committed
  '-----BEGIN PRIVATE KEY-----',
  'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgqKBXHNR8sjlYRJQN',
  'Y50yRMqOhQPKxlU2cxak2mQB0MGhRANCAASUEItdiHw56TgDwFGnb0mFYqATIg5j',
  '5K6T7yc9nXPfjSC7L+cIoJsNfcGCRJfraKGI+Uduin+FMs3jepBAfe4U',
  '-----END PRIVATE KEY-----',
].join('\n');
createServer({ key, cert: process.env.CERT }, app).listen(443);
