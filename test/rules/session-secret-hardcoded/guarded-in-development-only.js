const session = require('express-session');
if (process.env.NODE_ENV === 'development' && !process.env.SESSION_SECRET) throw new Error('SESSION_SECRET is not set');
// expect: session-secret-hardcoded
module.exports = session({ secret: process.env.SESSION_SECRET || 'change me' });
