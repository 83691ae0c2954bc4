const https = require('https');
// rejectUnauthorized: false
// process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
// expect-none: tls-validation-disabled
module.exports = new https.Agent({ rejectUnauthorized: true /* not false */ });
