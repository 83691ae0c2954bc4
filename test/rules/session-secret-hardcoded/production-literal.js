const session = require('express-session');
const secret = process.env.NODE_ENV === 'production' ? 'the secret of production' : 'development';
// expect: session-secret-hardcoded
module.exports = session({ secret });
