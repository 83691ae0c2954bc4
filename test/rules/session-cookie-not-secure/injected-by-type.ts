import 'reflect-metadata';
import express, { type Application } from 'express';
import session from 'express-session';
import { Container, Service } from 'typedi';

@Service()
class Config {
  readonly cookie = { secure: process.env.NODE_ENV !== 'production' };
}

@Service()
class Server {
  private readonly app: Application = express();

  constructor(private readonly config: Config) {
    // expect: session-cookie-not-secure
    this.app.use(session({ secret: process.env.SECRET!, cookie: { secure: this.config.cookie.secure } }));
  }

  listen(): void {
    this.app.listen(3000);
  }
}

Container.get(Server).listen();
