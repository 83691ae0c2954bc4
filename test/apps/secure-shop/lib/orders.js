export function createOrders(database) {
  const insert = database.prepare('INSERT INTO orders (customer_id, placed, pence, lines) VALUES (?, ?, ?, ?)');
  const ofCustomer = database.prepare('SELECT * FROM orders WHERE customer_id = ? ORDER BY id DESC');
  const oneOfCustomer = database.prepare('SELECT * FROM orders WHERE id = ? AND customer_id = ?');
  const withLines = (order) => order && { ...order, lines: JSON.parse(order.lines) };

  return {
    place({ customerId, lines }) {
      const pence = lines.reduce((sum, line) => sum + line.pence * line.quantity, 0);
      return insert.run(customerId, new Date().toISOString(), pence, JSON.stringify(lines)).lastInsertRowid;
    },
    list: (customerId) => ofCustomer.all(customerId).map(withLines),
    find: (id, customerId) => withLines(oneOfCustomer.get(id, customerId)),
  };
}
