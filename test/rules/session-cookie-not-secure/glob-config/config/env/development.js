module.exports = { session: { name: 'dev' } };
