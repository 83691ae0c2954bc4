const session = require('express-session');
const secret = process.env.NODE_ENV === 'production' ? process.env.SESSION_SECRET : 'development';
// expect-none: session-secret-hardcoded
module.exports = session({ secret });
