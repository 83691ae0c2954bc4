const session = require('express-session');
// session({ name: 'connect.sid' }) was here.
// expect-none: session-default-name
module.exports = session({ secret: process.env.SECRET, name: 'shop' });
