import express from 'express';
import pg from 'pg';
import { database } from './config.mjs';
export const pool = new pg.Pool(database);
const app = express();
app.get('/', async (req, res) => res.json(await pool.query('select 1')));
app.listen(3000);
