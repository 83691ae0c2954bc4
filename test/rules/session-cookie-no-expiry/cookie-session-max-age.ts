import cookieSession from 'cookie-session';
// expect-none: session-cookie-no-expiry
export default cookieSession({ keys: [process.env.KEY!], maxAge: 1000 });
