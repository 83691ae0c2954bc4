import session from 'express-session';
import { name as application } from './package.json';
// expect-none: session-default-name
export default session({ secret: process.env.SECRET!, name: `${application}.sid` });
