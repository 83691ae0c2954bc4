import express, { type Application } from 'express';
class Server {
  private readonly app: Application = express();
  start(port: number) {
    // expect: tls-missing
    this.app.listen(port, () => console.log(`on ${port}`));
  }
}
new Server().start(Number(process.env.PORT ?? 3000));
