const express = require('express');
const { Pool } = require('pg');
const { database } = require('./config');
const pool = new Pool({
  host: database.host,
  // expect-none: tls-validation-disabled
  ssl: { rejectUnauthorized: database.rejectUnauthorized },
});
const app = express();
app.get('/', async (req, res) => res.json(await pool.query('select 1')));
app.listen(3000);
