import cookieSession from 'cookie-session';
export default cookieSession({
  keys: [process.env.KEY],
  // expect-undecided: session-cookie-not-http-only
  httpOnly: process.env.READABLE_COOKIE !== 'yes',
});
