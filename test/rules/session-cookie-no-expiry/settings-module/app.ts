import express from 'express';
import session from 'express-session';
import config from './config';
const app = express();
// expect-none: session-cookie-no-expiry
app.use(session({ secret: config.secret, cookie: { maxAge: config.session.lifetime } }));
// expect: session-cookie-no-expiry
app.use('/admin', session({ secret: config.secret, cookie: { maxAge: config.admin?.lifetime } }));
app.listen(3000);
