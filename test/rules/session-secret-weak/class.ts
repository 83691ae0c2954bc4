import express from 'express';
import session from 'express-session';
class Sessions {
  private readonly secret = Math.floor(Math.random() * 1e9).toString(16);
  install(app: express.Express): void {
    app.use(
      session({
        // expect: session-secret-weak
        secret: this.secret,
        saveUninitialized: false,
      }),
    );
  }
}
const app = express();
new Sessions().install(app);
app.listen(3000);
