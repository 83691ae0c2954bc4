export default { session: { cookie: { secure: true } } };
