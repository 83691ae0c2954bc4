import session from 'express-session';
const environments = {
  // expect-none: session-cookie-not-secure
  development: { secure: false },
  production: {
    // expect: session-cookie-not-secure
    secure: false,
  },
};
export default session({ secret: process.env.SECRET, cookie: environments[process.env.NODE_ENV] });
