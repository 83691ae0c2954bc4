import { join } from 'node:path';
const config = {
  root: join(__dirname, '..'),
  // expect: session-cookie-not-secure
  cookie: { secure: false },
};
export = config;
