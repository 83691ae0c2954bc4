import cookieSession from 'cookie-session';
// expect: session-default-name
export default cookieSession({ keys: [process.env.KEY!] });
