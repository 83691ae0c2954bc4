import session from 'express-session';
function sessions(secret: string = process.env.SESSION_SECRET ?? 'keyboard cat') {
  // expect: session-secret-hardcoded
  return session({ secret });
}
export default sessions();
