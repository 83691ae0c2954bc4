import express from 'express';
import session, { type Store } from 'express-session';
class Server {
  private readonly app = express();
  constructor(private readonly store?: Store) {
    this.app.use(
      session({
        secret: process.env.SECRET!,
        // expect: session-memory-store
        store: this.store,
      }),
    );
  }
  listen() {
    return this.app.listen(3000);
  }
}
new Server().listen();
