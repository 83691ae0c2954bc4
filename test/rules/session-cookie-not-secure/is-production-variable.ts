import * as session from 'express-session';
const { NODE_ENV = 'development' } = process.env;
const isProduction: boolean = NODE_ENV === 'production';
export const middleware = session({
  secret: process.env.SECRET as string,
  // expect-none: session-cookie-not-secure
  cookie: { secure: isProduction ? true : false },
});
