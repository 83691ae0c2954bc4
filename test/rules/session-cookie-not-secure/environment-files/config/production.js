const all = require('./all');
module.exports = { session: { ...all.session, cookie: { ...all.session.cookie, secure: true } } };
