import session from 'express-session';
export default session({
  secret: process.env.SECRET,
  // expect-none: session-cookie-not-secure
  cookie: function (req) {
    return { path: req.baseUrl || '/', secure: true };
  },
});
