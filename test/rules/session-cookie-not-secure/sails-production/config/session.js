module.exports.session = { secret: process.env.SESSION_SECRET, cookie: { maxAge: 86400000 } };
