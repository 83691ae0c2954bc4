import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import express from 'express';
import session from 'express-session';
const base = new URL(process.env.NODE_ENV === 'production' ? 'https://shop.example' : 'http://localhost:3000');
const app = express();
// expect-none: session-cookie-not-secure
app.use(session({ secret: process.env.SECRET, cookie: { secure: base.protocol === 'https:' } }));
// expect: session-cookie-not-secure
app.use('/admin', session({ secret: process.env.SECRET, cookie: { secure: base.port === '3000' } }));
app.listen(3000, () => console.log(readFileSync(fileURLToPath(new URL('./banner.txt', import.meta.url)))));
