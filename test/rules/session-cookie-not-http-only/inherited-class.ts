import express from 'express';
import session, { type CookieOptions } from 'express-session';
abstract class Sessions {
  protected cookie(): CookieOptions {
    return { httpOnly: false };
  }
  middleware() {
    return session({ secret: process.env.SECRET!, cookie: this.cookie() });
  }
}
class SafeSessions extends Sessions {
  protected override cookie(): CookieOptions {
    // expect-none: session-cookie-not-http-only
    return { ...super.cookie(), httpOnly: true };
  }
}
const app = express();
app.use(new SafeSessions().middleware());
app.listen(3000);
