const https = require('https');
// expect-undecided: tls-validation-disabled
module.exports = new https.Agent({ rejectUnauthorized: process.env.STRICT_TLS === '1' });
