// expect-none: session-cookie-not-http-only
export default { cookie: { httpOnly: false } };
