// expect-none: tls-validation-disabled
process.env.NODE_TLS_REJECT_UNAUTHORIZED = '1';
require('express')().listen(3000);
