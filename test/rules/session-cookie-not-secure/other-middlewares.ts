import clientSessions from 'client-sessions';
import express from 'express';
import { auth } from 'express-openid-connect';
import { ironSession } from 'iron-session/express';
const app = express();
// expect: session-cookie-not-secure
app.use(clientSessions({ cookieName: 'shop', secret: process.env.SECRET! }));
// expect-none: session-cookie-not-secure
app.use(ironSession({ cookieName: 'iron', password: process.env.SECRET! }));
// expect: session-cookie-not-secure
app.use(ironSession({ cookieName: 'iron', password: process.env.SECRET!, cookieOptions: { secure: process.env.NODE_ENV !== 'production' } }));
// expect-none: session-cookie-not-secure
app.use(auth({ secret: process.env.SECRET, session: { rollingDuration: 3600 } }));
// expect: session-cookie-not-secure
app.use(auth({ secret: process.env.SECRET, session: { cookie: { secure: false } } }));
app.listen(3000);
