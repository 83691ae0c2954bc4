export default { session: { cookie: { secure: false, httpOnly: true }, ttl: 60 } };
