import { hashPassword, verifyPassword } from './passwords.js';

// What an unknown address is checked against, so that the answer takes as long as for a known one.
const nobody = await hashPassword('no customer has this password');

export function createCustomers(database) {
  const byId = database.prepare('SELECT id, email, name FROM customers WHERE id = ?');
  const byEmail = database.prepare('SELECT * FROM customers WHERE email = ?');
  const insert = database.prepare('INSERT INTO customers (email, name, password) VALUES (?, ?, ?) ON CONFLICT DO NOTHING');

  return {
    find: (id) => byId.get(id),

    /** The new customer's id, or null where the address is taken. */
    async add({ email, name, password }) {
      const result = insert.run(email, name, await hashPassword(password));
      return result.changes === 1 ? result.lastInsertRowid : null;
    },

    /** The customer's id, or null. */
    async authenticate({ email, password }) {
      const customer = byEmail.get(email);
      const matches = await verifyPassword(password, customer?.password ?? nobody);
      return customer && matches ? customer.id : null;
    },
  };
}
