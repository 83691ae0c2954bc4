module.exports = { port: 3000, session: { secret: process.env.SECRET, cookie: { secure: false } } };
