const https = require('https');
// Node.js takes only `false` for an order not to check.
// expect-none: tls-validation-disabled
exports.a = new https.Agent({ rejectUnauthorized: undefined });
// expect-none: tls-validation-disabled
exports.b = new https.Agent({ rejectUnauthorized: 0 });
// expect-none: tls-validation-disabled
exports.c = new https.Agent({ rejectUnauthorized: null });
