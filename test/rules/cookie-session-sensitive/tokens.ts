import express, { Request, Response } from 'express';
import cookieSession from 'cookie-session';
const app = express();
app.use(cookieSession({ name: 's', keys: [process.env.KEY!] }));
app.get('/callback', async (req: Request, res: Response) => {
  const tokens = await exchange(req.query.code);
  // expect: cookie-session-sensitive
  req.session!.accessToken = tokens.access_token;
  // expect: cookie-session-sensitive
  req.session!.gh = tokens.refresh_token;
  // expect-none: cookie-session-sensitive
  req.session!.csrfToken = tokens.csrf;
  res.end();
});
app.listen(3000);
