import express from 'express';
import session from 'express-session';

const secret = process.env.SESSION_SECRET ?? 'keyboard cat';
if (process.env.NODE_ENV === 'production' && !process.env.DATABASE_URL) {
  throw new Error('DATABASE_URL is not set');
}
const app = express();
// expect: session-secret-hardcoded
app.use(session({ secret, resave: false }));
app.get('/', (req, res) => res.send('home'));
app.listen(3000);
