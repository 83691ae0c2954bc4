const session = require('express-session');
const options = { secret: process.env.SECRET };
if (process.env.NODE_ENV !== 'production') options.store = new (require('session-file-store')(session))();
// expect: session-memory-store
module.exports = session(options);
