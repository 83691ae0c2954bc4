const session = require('express-session');
// The middleware does not read a name there.
// expect: session-default-name
module.exports = session({ secret: process.env.SECRET, cookie: { name: 'shop' } });
