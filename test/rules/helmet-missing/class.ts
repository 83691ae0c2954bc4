import express, { type Application } from 'express';
import helmet from 'helmet';
class App {
  // expect-none: helmet-missing
  private readonly app: Application = express();
  constructor() {
    this.security();
    this.routes();
  }
  private security(): void {
    this.app.use(helmet());
  }
  private routes(): void {
    this.app.get('/', (_request, response) => {
      response.send('hello');
    });
  }
  start = () => this.app.listen(3000);
}
new App().start();
