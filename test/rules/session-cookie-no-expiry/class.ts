import express from 'express';
import session from 'express-session';
export class WebServer {
  private readonly maxAge = 2 * 60 * 60 * 1000;
  constructor(private readonly app = express()) {
    // expect-none: session-cookie-no-expiry
    this.app.use(session({ secret: process.env.SECRET!, cookie: { maxAge: this.maxAge } }));
  }
  listen(): void {
    this.app.listen(3000);
  }
}
new WebServer().listen();
