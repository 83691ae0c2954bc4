import session from 'express-session';
export default session({
  secret: process.env.SECRET,
  // expect: session-default-name
  name: 'connect.sid',
});
