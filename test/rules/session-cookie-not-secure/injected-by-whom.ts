import express from 'express';
import session from 'express-session';
import { injectable } from 'tsyringe';
import type { Cookie } from './types';

@injectable()
export class Server {
  constructor(private readonly cookie: Cookie) {}

  listen(): void {
    const app = express();
    // expect-undecided: session-cookie-not-secure
    app.use(session({ secret: process.env.SECRET!, cookie: { secure: this.cookie.secure } }));
    app.listen(3000);
  }
}
