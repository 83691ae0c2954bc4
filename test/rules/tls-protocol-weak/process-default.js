const tls = require('node:tls');
const express = require('express');
// expect: tls-protocol-weak
tls.DEFAULT_MIN_VERSION = 'TLSv1';
// expect: tls-protocol-weak
tls.DEFAULT_CIPHERS = 'ALL:!aNULL';
express().listen(3000);
