import express from 'express';
// expect: tls-validation-disabled
process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = 0 as never;
express().listen(3000);
