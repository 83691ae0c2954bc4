import express, { type Request, type Response } from 'express';
import { sign } from 'jsonwebtoken';
const app = express();
app.post('/login', (req: Request, res: Response): void => {
  res
    .status(201)
    // expect: cookie-not-secure
    .cookie('access_token', sign({ id: 1 }, process.env.KEY!), { httpOnly: true, secure: false })
    .json({});
});
app.listen(3000);
