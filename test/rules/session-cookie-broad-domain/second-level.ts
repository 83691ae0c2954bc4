import cookieSession from 'cookie-session';
export default cookieSession({
  keys: [process.env.KEY!],
  // expect: session-cookie-broad-domain
  domain: 'shop.co.uk' as string,
});
