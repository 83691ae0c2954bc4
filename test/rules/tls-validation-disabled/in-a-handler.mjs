import express from 'express';
import { Pool } from 'pg';
const app = express();
app.get('/', async (request, response) => {
  // expect: tls-validation-disabled
  const pool = new Pool({ connectionString: process.env.DATABASE_URL, ssl: { rejectUnauthorized: false } });
  response.json(await pool.query('select 1'));
});
app.listen(3000);
