import session from 'express-session';
const production = process.env.NODE_ENV === 'production';
export default session({
  secret: process.env.SECRET!,
  cookie: { httpOnly: true },
  // expect: session-option-misplaced
  ...(production ? { secure: true } : {}),
});
