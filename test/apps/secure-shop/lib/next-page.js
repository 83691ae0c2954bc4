// Where a login may lead: names, not addresses, so that a link cannot lead anywhere else.
const pages = new Map([
  ['basket', '/basket'],
  ['orders', '/orders'],
]);

export function nextPage(name) {
  return pages.get(name) ?? '/';
}
