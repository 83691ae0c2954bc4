module.exports = { port: 3001 };
