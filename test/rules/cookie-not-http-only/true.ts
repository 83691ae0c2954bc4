import express, { Response, Request, NextFunction } from 'express';
const app = express();
app.post('/login', (_req: Request, r: Response, _next: NextFunction) => {
  // expect-none: cookie-not-http-only
  r.cookie('sid', _req.sessionID, { httpOnly: true });
  // expect: cookie-not-http-only
  r.cookie('sid2_token', _req.sessionID, { httpOnly: undefined });
  r.end();
});
app.listen(3000);
