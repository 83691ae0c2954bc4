import express from 'express';
import { AuthController } from './auth.controller';
class App {
  private readonly app = express();
  constructor() {
    const controller = new AuthController();
    this.app.post('/login', controller.login);
    this.app.post('/register', (req, res) => controller.register(req, res));
  }
  listen() {
    this.app.listen(3000);
  }
}
new App().listen();
