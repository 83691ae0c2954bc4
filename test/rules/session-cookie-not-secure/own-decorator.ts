import express from 'express';
import session from 'express-session';

const settings = { secure: false };
const Production = () => (made: unknown) => {
  if (process.env.NODE_ENV === 'production') settings.secure = true;
};

@Production()
export class Shop {}

const app = express();
// expect-none: session-cookie-not-secure
app.use(session({ secret: process.env.SECRET!, cookie: { secure: settings.secure } }));
app.listen(3000);
