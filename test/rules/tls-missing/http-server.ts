import express from 'express';
import { createServer } from 'node:http';
const app = express();
const server = createServer(app);
// expect: tls-missing
server.listen({ port: 8080, host: '::' });
