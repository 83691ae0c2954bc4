const express = require('express');
const session = require('express-session');

const production = process.env.NODE_ENV === 'production';
const secret = process.env.SESSION_SECRET ?? 'only while developing';
if (production && !process.env.SESSION_SECRET) {
  throw new Error('SESSION_SECRET is not set');
}
const app = express();
// expect-none: session-secret-hardcoded
app.use(session({ secret, resave: false }));
app.get('/', (req, res) => res.send('home'));
app.listen(3000);
