const https = require('https');
// expect-none: tls-validation-disabled
module.exports = new https.Agent({ rejectUnauthorized: process.env.NODE_ENV === 'production' });
