const express = require('express');
const https = require('https');
const app = express();
// expect: private-key-committed
const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgqKBXHNR8sjlYRJQN
Y50yRMqOhQPKxlU2cxak2mQB0MGhRANCAASUEItdiHw56TgDwFGnb0mFYqATIg5j
5K6T7yc9nXPfjSC7L+cIoJsNfcGCRJfraKGI+Uduin+FMs3jepBAfe4U
-----END PRIVATE KEY-----
`;
https.createServer({ key, cert: process.env.CERT }, app).listen(443);
