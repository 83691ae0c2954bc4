import express, { type Express } from 'express';
import session from 'express-session';
export class Server {
  readonly app: Express = express();
  constructor() {
    if (process.env.NODE_ENV === 'production') this.app.set('trust proxy', 'loopback');
    this.app.use(session({ secret: process.env.SECRET ?? '', cookie: { secure: 'auto' } }));
  }
}
new Server().app.listen(process.env.PORT);
