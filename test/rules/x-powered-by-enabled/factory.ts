import express, { type Application } from 'express';
class Servers {
  make(): Application {
    // expect-none: x-powered-by-enabled
    const app = express();
    this.harden(app);
    return app;
  }
  private harden(app: Application): void {
    app.disable('x-powered-by');
  }
}
const app = new Servers().make();
app.get('/', (_request, response) => {
  response.end();
});
app.listen(3000);
