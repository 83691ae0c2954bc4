const session = require('express-session');
// expect: session-default-name
module.exports = session({ secret: process.env.SECRET, name: process.env.NODE_ENV === 'production' ? 'connect.sid' : 'dev' });
