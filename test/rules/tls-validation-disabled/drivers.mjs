import express from 'express';
import mongoose from 'mongoose';
import { MongoClient } from 'mongodb';
import request from 'request';
import sql from 'mssql';
import { createClient } from 'redis';
const app = express();
// expect: tls-validation-disabled
await mongoose.connect(process.env.MONGO_URL, { tls: true, tlsAllowInvalidCertificates: true });
// expect: tls-validation-disabled
export const other = new MongoClient(process.env.MONGO_URL, { ssl: true, sslValidate: false });
// expect-none: tls-validation-disabled
export const checked = new MongoClient(process.env.MONGO_URL, { tlsInsecure: false, sslValidate: true, strictSSL: true });
// expect: tls-validation-disabled
export const api = request.defaults({ strictSSL: false });
export const pool = await sql.connect({
  server: process.env.SQL_HOST,
  // expect: tls-validation-disabled
  options: { encrypt: true, trustServerCertificate: true },
});
// expect: tls-validation-disabled
export const redis = createClient({ socket: { tls: true, rejectUnauthorized: false } });
export const local = {
  // expect-none: tls-validation-disabled
  options: { trustServerCertificate: process.env.NODE_ENV !== 'production' },
};
app.listen(3000);
