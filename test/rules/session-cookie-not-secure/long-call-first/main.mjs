import express from 'express';
import session from 'express-session';
import { init } from './init.mjs';

class Server {
  async start() {
    // Too long to be followed to its end.
    await init();
    const app = express();
    // expect: session-cookie-not-secure
    app.use(session({ secret: process.env.SECRET, cookie: { secure: false } }));
    app.listen(3000);
  }
}
new Server().start();
