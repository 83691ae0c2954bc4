import express from 'express';
import session from 'express-session';

const { SECRET } = process.env;
const config = { session: { secret: SECRET || 'keyboard cat' }, port: Number(process.env.PORT ?? 3000) };

function checkEnvironment(): void {
  if (process.env.NODE_ENV !== 'production') return;
  for (const name of ['SECRET', 'DATABASE_URL']) {
    if (!process.env[name]) {
      console.error(`${name} is missing`);
      process.exit(1);
    }
  }
}

checkEnvironment();
const app = express();
// expect-none: session-secret-hardcoded
app.use(session({ secret: config.session.secret, resave: false }));
app.get('/', (req, res) => res.send('home'));
app.listen(config.port);
