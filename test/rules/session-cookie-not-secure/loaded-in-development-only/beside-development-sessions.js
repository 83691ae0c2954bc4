const session = require('express-session');
module.exports = session({ secret: 'development', name: 'beside', cookie: { secure: false } });
