const https = require('https');
// expect-none: tls-validation-disabled
https.get('https://localhost:3443', { rejectUnauthorized: false });
