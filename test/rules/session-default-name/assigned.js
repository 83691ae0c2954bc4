const session = require('express-session');
const options = { secret: process.env.SECRET };
options.name = ['shop', 'sid'].join('.');
// expect-none: session-default-name
module.exports = session(options);
