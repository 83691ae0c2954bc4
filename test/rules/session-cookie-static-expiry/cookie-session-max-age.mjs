import cookieSession from 'cookie-session';
// expect-none: session-cookie-static-expiry
export default cookieSession({ keys: [process.env.KEY], expires: new Date(Date.now() + 1000), maxAge: 24 * 60 * 60 * 1000 });
