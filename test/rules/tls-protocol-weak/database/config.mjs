export const database = {
  host: process.env.PGHOST,
  // expect: tls-protocol-weak
  ssl: { ca: process.env.PGCA, minVersion: 'TLSv1' },
};
