import express, { type Request, type Response, Router } from 'express';
import session from 'express-session';
class AuthController {
  async login(req: Request, res: Response) {
    const account = await accounts.check(req.body);
    // expect: session-fixation
    (req.session as any).account = account;
    res.json({});
  }
  me(req: Request, res: Response) {
    // expect-none: session-fixation
    req.session.lastSeen = Date.now();
    res.json({});
  }
}
const controller = new AuthController();
const router = Router();
router.post('/', controller.login.bind(controller));
router.get('/me', controller.me.bind(controller));
const app = express();
app.use(session({ secret: process.env.SECRET! }));
app.use('/login', router);
app.listen(3000);
