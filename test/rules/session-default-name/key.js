const session = require('express-session');
// expect-none: session-default-name
module.exports = session({ secret: process.env.SECRET, key: 'shop.sid' });
