import cookieSession from 'cookie-session';
// expect: session-cookie-path-invalid
export default cookieSession({ keys: [process.env.KEY], path: 'foo/bar' });
