import 'reflect-metadata';
import session from 'express-session';
import { Container, inject, injectable } from 'inversify';
import { InversifyExpressServer } from 'inversify-express-utils';

const TYPES = { Settings: Symbol.for('Settings') };

@injectable()
class Settings {
  secure = false;
}

@injectable()
class Cookies {
  @inject(TYPES.Settings) private settings!: Settings;

  options() {
    // expect: session-cookie-not-secure
    return { secret: process.env.SECRET!, cookie: { secure: this.settings.secure } };
  }
}

const container = new Container();
container.bind<Settings>(TYPES.Settings).to(Settings).inSingletonScope();
container.bind(Cookies).toSelf();

const server = new InversifyExpressServer(container);
server.setConfig((app) => {
  app.use(session(container.get(Cookies).options()));
});
server.build().listen(3000);
