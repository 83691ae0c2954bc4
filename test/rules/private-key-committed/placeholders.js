// expect-none: private-key-committed
const express = require('express');
const app = express();
const help = `Paste it as
-----BEGIN PRIVATE KEY-----
...
-----END PRIVATE KEY-----`;
const sample = '-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEAxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n-----END RSA PRIVATE KEY-----';
const invented = '-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgyour-key-here\n-----END PRIVATE KEY-----';
const pattern = /-----BEGIN (?:RSA )?PRIVATE KEY-----([\s\S]+?)-----END (?:RSA )?PRIVATE KEY-----/;
const wrap = (body) => `-----BEGIN PRIVATE KEY-----\n${body}\n-----END PRIVATE KEY-----`;
app.get('/', (req, res) => res.json({ help, sample, invented, key: pattern.test(wrap(process.env.KEY)) }));
app.listen(3000);
