import session from 'express-session';
// Over HTTPS it is sent as None.
// expect: session-cookie-same-site
export default session({ secret: process.env.SECRET, cookie: { sameSite: 'auto', secure: 'auto' } });
