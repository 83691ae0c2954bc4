// expect: tls-validation-disabled
process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
require('express')().listen(3000);
