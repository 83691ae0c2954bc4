import cookieSession from 'cookie-session';
const expires = new Date();
expires.setDate(expires.getDate() + 7);
// expect: session-cookie-static-expiry
export default cookieSession({ keys: [process.env.KEY], expires });
