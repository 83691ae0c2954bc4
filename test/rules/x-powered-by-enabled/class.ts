import express from 'express';
class App {
  // expect: x-powered-by-enabled
  readonly server = express();
  start(): void {
    this.server.get('/', (_request, response) => response.end());
    this.server.listen(3000);
  }
}
new App().start();
