const session = require('express-session');
const secret = process.env.SESSION_SECRET || 'change me';
if (process.env.NODE_ENV === 'production' && secret === 'change me') throw new Error('set SESSION_SECRET');
// expect-none: session-secret-hardcoded
module.exports = session({ secret });
