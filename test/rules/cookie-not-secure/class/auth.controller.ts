import type { Request, Response } from 'express';
import jwt from 'jsonwebtoken';
export class AuthController {
  private options() {
    return { httpOnly: true, secure: process.env.NODE_ENV === 'production' };
  }
  public login = async (req: Request, res: Response) => {
    // expect-none: cookie-not-secure
    res.cookie('token', jwt.sign({ id: req.body.id }, process.env.KEY as string), this.options());
    return res.json({});
  };
  async register(req: Request, res: Response) {
    // expect: cookie-not-secure
    res.cookie('token', jwt.sign({ id: req.body.id }, process.env.KEY as string), { httpOnly: true });
    return res.json({});
  }
}
