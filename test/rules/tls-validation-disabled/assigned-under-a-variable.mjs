import express from 'express';
if (process.env.ALLOW_SELF_SIGNED === 'true') {
  // expect-undecided: tls-validation-disabled
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
}
express().listen(3000);
