import base from './base.ts';
export default { ...base, cookie: { ...base.cookie, secure: true } };
