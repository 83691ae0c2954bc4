import express from 'express';
import session from 'express-session';

const secret = process.env.SESSION_SECRET ?? 'keyboard cat';
const isProduction = process.env.NODE_ENV === 'production';
if (isProduction && !['SESSION_SECRET'].every((name) => process.env[name])) {
  console.error('not configured');
  process.exit(1);
}
const app = express();
// expect-none: session-secret-hardcoded
app.use(session({ secret, resave: false }));
app.get('/', (req, res) => res.send('home'));
app.listen(3000);
