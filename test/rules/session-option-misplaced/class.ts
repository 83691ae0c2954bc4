import express from 'express';
import session from 'express-session';
class Server {
  protected readonly settings = {
    secret: process.env.SECRET!,
    resave: false,
    // expect: session-option-misplaced
    httpOnly: true,
  };
  app = express().use(session(this.settings));
}
new Server().app.listen(3000);
