import 'reflect-metadata';
import express from 'express';
import session, { type CookieOptions } from 'express-session';
import { container, inject, injectable } from 'tsyringe';

const COOKIE = Symbol('cookie');
container.register(COOKIE, { useValue: { secure: process.env.NODE_ENV === 'production' } });

interface Named {
  name: string;
}

class Name implements Named {
  name = 'shop.id';
}
container.register('Named', { useClass: Name });

@injectable()
class Server {
  constructor(
    @inject(COOKIE) private readonly cookie: CookieOptions,
    @inject('Named') private readonly named: Named,
  ) {}

  listen(): void {
    const app = express();
    // expect-none: session-cookie-not-secure
    app.use(session({ secret: process.env.SECRET!, name: this.named.name, cookie: this.cookie }));
    app.listen(3000);
  }
}

container.resolve(Server).listen();
