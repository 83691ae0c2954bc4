import express from 'express';
import session from 'express-session';

const required = ['SESSION_SECRET', 'DATABASE_URL'];
const missing = required.filter((name) => !process.env[name]);
if (process.env.NODE_ENV === 'production' && missing.length > 0) {
  throw new Error(`missing: ${missing.join(', ')}`);
}
const secret = process.env.SESSION_SECRET || 'keyboard cat';
const app = express();
// expect-none: session-secret-hardcoded
app.use(session({ secret, resave: false }));
app.get('/', (req, res) => res.send('home'));
app.listen(3000);
