import express, { type Application } from 'express';
import helmet from 'helmet';
class Server {
  private readonly app: Application = express();
  constructor() {
    this.routes();
    this.middleware();
    this.app.listen(3000);
  }
  private routes(): void {
    this.app.get('/', (_request, response) => { response.send('hello'); });
  }
  private middleware(): void {
    // expect: helmet-late
    this.app.use(helmet());
  }
}
new Server();
