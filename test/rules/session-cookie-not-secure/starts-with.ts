import session from 'express-session';
const env: string = process.env.NODE_ENV || 'development';
const secure: boolean = /^dev/i.test(env) || env.toLowerCase().startsWith('test');
// expect: session-cookie-not-secure
export default session({ secret: process.env.SECRET!, cookie: { secure } });
