import express, { type Request, type Response } from 'express';
import { sign } from 'jsonwebtoken';
interface TokenData {
  token: string;
  expiresIn: number;
}
class AuthService {
  createToken(id: number): TokenData {
    return { token: sign({ id }, process.env.KEY as string), expiresIn: 3600 };
  }
  createCookie(data: TokenData): string {
    return `Authorization=${data.token}; HttpOnly; Max-Age=${data.expiresIn};`;
  }
  secureCookie(data: TokenData): string {
    return 'Authorization=' + data.token + '; Secure; HttpOnly';
  }
}
class AuthController {
  private service = new AuthService();
  logIn = async (req: Request, res: Response): Promise<void> => {
    const cookie = this.service.createCookie(this.service.createToken(req.body.id));
    // expect: cookie-not-secure
    res.setHeader('Set-Cookie', [cookie]);
    res.end();
  };
  refresh = async (req: Request, res: Response): Promise<void> => {
    // expect-none: cookie-not-secure
    res.setHeader('Set-Cookie', this.service.secureCookie(this.service.createToken(req.body.id)));
    res.end();
  };
  logOut = async (_req: Request, res: Response): Promise<void> => {
    // expect-none: cookie-not-secure
    res.setHeader('Set-Cookie', ['Authorization=; Max-age=0']);
    res.end();
  };
}
const controller = new AuthController();
const app = express();
app.post('/login', controller.logIn);
app.post('/refresh', controller.refresh);
app.post('/logout', controller.logOut);
app.listen(3000);
