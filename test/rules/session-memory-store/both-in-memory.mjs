import express from 'express';
import session from 'express-session';
const app = express();
if (process.env.SHORT) {
  // expect: session-memory-store
  app.use(session({ secret: process.env.SECRET, cookie: { maxAge: 1000 } }));
} else {
  // expect: session-memory-store
  app.use(session({ secret: process.env.SECRET }));
}
app.listen(3000);
