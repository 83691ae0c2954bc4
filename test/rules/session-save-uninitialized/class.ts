import express, { type Express } from 'express';
import session from 'express-session';
class Server {
  private readonly app: Express = express();
  private readonly options = { secret: process.env.SECRET!, resave: false, saveUninitialized: false };
  start(): void {
    if (process.env.NODE_ENV === 'production') {
      // expect: session-save-uninitialized
      this.options.saveUninitialized = true;
    }
    this.app.use(session(this.options));
    this.app.listen(3000);
  }
}
new Server().start();
