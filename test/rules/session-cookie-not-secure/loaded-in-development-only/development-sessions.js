const session = require('express-session');
module.exports = (app) => app.use(session({ secret: 'development', cookie: { secure: false } }));
