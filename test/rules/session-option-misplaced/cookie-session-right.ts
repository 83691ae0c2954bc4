import cookieSession from 'cookie-session';
// expect-none: session-option-misplaced
export default cookieSession({ keys: [process.env.KEY!], secure: true, httpOnly: true, sameSite: 'lax' });
