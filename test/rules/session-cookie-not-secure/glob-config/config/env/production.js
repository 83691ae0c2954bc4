module.exports = { session: { cookie: { secure: true } } };
