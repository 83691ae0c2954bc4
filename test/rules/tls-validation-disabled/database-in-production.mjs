import pg from 'pg';
const production = process.env.NODE_ENV === 'production';
export const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  // expect: tls-validation-disabled
  ssl: production ? { rejectUnauthorized: false } : false,
});
