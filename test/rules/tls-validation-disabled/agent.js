const https = require('https');
// expect: tls-validation-disabled
module.exports = new https.Agent({ rejectUnauthorized: false });
