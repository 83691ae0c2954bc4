import session, { type SessionOptions } from 'express-session';
const options: SessionOptions = { secret: process.env.SECRET!, cookie: {} };
// expect-undecided: session-cookie-not-secure
if (process.env.HTTPS === 'on') options.cookie!.secure = true;
export default session(options);
