if (process.env.NODE_ENV === 'development') {
  // expect-none: tls-validation-disabled
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
}
require('express')().listen(3000);
