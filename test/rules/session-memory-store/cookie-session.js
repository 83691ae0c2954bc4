const cookieSession = require('cookie-session');
// expect-none: session-memory-store
module.exports = cookieSession({ keys: [process.env.KEY] });
