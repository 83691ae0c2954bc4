export function createProducts(database) {
  const all = database.prepare('SELECT * FROM products ORDER BY name');
  const bySlug = database.prepare('SELECT * FROM products WHERE slug = ?');
  const matching = database.prepare('SELECT * FROM products WHERE instr(lower(name || description), lower(?)) > 0 ORDER BY name');

  return {
    all: () => all.all(),
    find: (slug) => bySlug.get(slug),
    search: (words) => matching.all(words),
  };
}
