// expect-none: tls-missing
const express = require('express');
express().listen('/run/app.sock');
express().listen({ path: '/run/other.sock' });
express().listen('\\\\.\\pipe\\app');
