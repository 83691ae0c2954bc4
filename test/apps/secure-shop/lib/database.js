import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const schema = `
  CREATE TABLE IF NOT EXISTS products (
    slug TEXT PRIMARY KEY, name TEXT NOT NULL, description TEXT NOT NULL, pence INTEGER NOT NULL, manual TEXT
  ) STRICT;
  CREATE TABLE IF NOT EXISTS customers (
    id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE, name TEXT NOT NULL, password TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS orders (
    id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers (id), placed TEXT NOT NULL, pence INTEGER NOT NULL, lines TEXT NOT NULL
  ) STRICT;
`;

/** Opens the database, with the tables and the catalogue in place. */
export function openDatabase(file) {
  const database = new DatabaseSync(file);
  database.exec(schema);
  const products = JSON.parse(readFileSync(path.join(import.meta.dirname, '..', 'data', 'products.json'), 'utf8'));
  const insert = database.prepare('INSERT OR REPLACE INTO products (slug, name, description, pence, manual) VALUES (?, ?, ?, ?, ?)');
  for (const product of products) {
    insert.run(product.slug, product.name, product.description, product.pence, product.manual);
  }
  return database;
}
