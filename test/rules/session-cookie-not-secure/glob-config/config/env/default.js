module.exports = { session: { cookie: { httpOnly: true, secure: false }, secret: process.env.SECRET } };
