import https = require('node:https');
const isDevelopment = process.env.NODE_ENV === 'development';
// expect-none: tls-validation-disabled
export const agent = new https.Agent({ rejectUnauthorized: !isDevelopment });
// expect: tls-validation-disabled
export const wrong = new https.Agent({ rejectUnauthorized: isDevelopment });
