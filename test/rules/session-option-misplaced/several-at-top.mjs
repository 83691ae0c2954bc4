import session from 'express-session';
export default session({
  secret: process.env.SECRET,
  // expect: session-option-misplaced
  httpOnly: true,
  // expect: session-option-misplaced
  maxAge: 1000,
  cookie: { secure: true },
});
