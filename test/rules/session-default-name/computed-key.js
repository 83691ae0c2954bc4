const session = require('express-session');
const option = 'name';
// expect-none: session-default-name
module.exports = session({ secret: process.env.SECRET, [option]: 'shop' });
