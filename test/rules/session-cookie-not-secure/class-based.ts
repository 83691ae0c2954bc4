import express, { type Application } from 'express';
import session from 'express-session';

interface Options {
  readonly port: number;
  readonly production: boolean;
}

export class App {
  public readonly app: Application;
  private readonly options: Options;

  constructor(options: Options) {
    this.options = options;
    this.app = express();
    this.initializeMiddlewares();
  }

  public listen(): void {
    this.app.listen(this.options.port);
  }

  private initializeMiddlewares(): void {
    if (this.options.production) this.app.set('trust proxy', 1);
    this.app.use(
      session({
        secret: process.env.SECRET as string,
        // expect-none: session-cookie-not-secure
        cookie: { secure: this.options.production, httpOnly: true },
      }),
    );
  }
}

new App({ port: Number(process.env.PORT ?? 3000), production: process.env.NODE_ENV === 'production' }).listen();
