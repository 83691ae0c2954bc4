import express, { type Application } from 'express';
import session from 'express-session';
class Server {
  private readonly app: Application = express();
  constructor(private readonly secure: boolean) {
    this.setUp();
  }
  private setUp(): void {
    // expect: session-cookie-not-secure
    this.app.use(session({ secret: process.env.SECRET!, cookie: { secure: this.secure } }));
  }
}
new Server(false);
