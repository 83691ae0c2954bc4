const session = require('express-session');
const beside = require('./beside-development-sessions');
module.exports = (app) => app.use(session({ secret: 'development', cookie: { secure: false } }), beside);
