import express from 'express';
import session, { type CookieOptions } from 'express-session';
class Server {
  readonly app = express();
  private readonly expires = new Date(Date.now() + 7 * 24 * 60 * 60 * 1000);
  private get cookie(): CookieOptions {
    // expect: session-cookie-static-expiry
    return { httpOnly: true, expires: this.expires };
  }
  start(): void {
    this.app.use(session({ secret: process.env.SECRET!, cookie: this.cookie }));
    this.app.listen(3000);
  }
}
new Server().start();
