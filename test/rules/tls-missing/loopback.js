// expect-none: tls-missing
const express = require('express');
express().listen(3000, '127.0.0.1');
express().listen(3001, 'localhost');
require('http').createServer(express()).listen({ port: 3002, host: '::1' });
express().listen(3003, '10.0.0.5');
