import { randomBytes } from 'node:crypto';
import express from 'express';
import session from 'express-session';

const config = { session: { secret: 'change me', resave: false } };
if (config.session.secret === 'change me') {
  console.warn('No secret is configured: sessions end with this process.');
  config.session.secret = randomBytes(32).toString('hex');
}
const app = express();
// expect-none: session-secret-hardcoded
app.use(session(config.session));
app.get('/', (req, res) => res.send('home'));
app.listen(3000);
