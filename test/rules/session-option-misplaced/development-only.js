const session = require('express-session');
const options = { secret: process.env.SECRET, cookie: {} };
if (process.env.NODE_ENV === 'development') options.secure = true;
// expect-none: session-option-misplaced
module.exports = session(options);
