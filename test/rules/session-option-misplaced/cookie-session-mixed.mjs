import cookieSession from 'cookie-session';
export const a = cookieSession({
  keys: [process.env.KEY],
  secure: true,
  // expect: session-option-misplaced
  cookie: { secure: true, sameSite: 'lax' },
});
// expect-none: session-option-misplaced
export const b = cookieSession({ keys: [process.env.KEY], secure: true, sameSite: 'lax', cookie: { secure: true, sameSite: 'lax' } });
