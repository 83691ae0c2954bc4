import cookieSession from 'cookie-session';
export default cookieSession({
  keys: [process.env.KEY],
  // expect: session-cookie-same-site
  sameSite: false,
});
