const cookieSession = require('cookie-session');
// expect-none: session-secret-hardcoded
module.exports = cookieSession({ keys: [process.env.KEY_1, process.env.KEY_2] });
