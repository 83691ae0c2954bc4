import { readFile } from 'node:fs/promises';
import https from 'node:https';
import express from 'express';
const app = express();
const key = await readFile(new URL('./certs/localhost.key', import.meta.url));
https.createServer({ key, cert: process.env.CERT }, app).listen(443);
