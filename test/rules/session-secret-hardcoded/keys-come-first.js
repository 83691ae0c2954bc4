const cookieSession = require('cookie-session');
// With keys nothing looks at the secret.
// expect-none: session-secret-hardcoded
module.exports = cookieSession({ keys: [process.env.KEY], secret: 'keyboard cat' });
