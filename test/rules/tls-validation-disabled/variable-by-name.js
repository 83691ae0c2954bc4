const express = require('express');
if (process.env.NODE_ENV === 'production')
  // expect: tls-validation-disabled
  process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = 0;
express().listen(3000);
