import express from 'express';
import session from 'express-session';
class Server {
  static readonly defaults = { httpOnly: true, sameSite: 'lax' as const };
  private readonly app = express();
  public init = (): this => {
    // expect-none: session-cookie-same-site
    this.app.use(session({ secret: process.env.SECRET!, cookie: { ...Server.defaults } }));
    return this;
  };
  public start = (): void => {
    this.app.listen(3000);
  };
}
new Server().init().start();
