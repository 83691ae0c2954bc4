const session = require('express-session');
const secret = process.env.SESSION_SECRET;
if (!secret) throw new Error('SESSION_SECRET is not set');
// expect-none: session-secret-hardcoded
module.exports = session({ secret });
