import express from 'express';
import { sessions } from './session';
export function createApp() {
  const app = express();
  app.use(sessions);
  return app;
}
