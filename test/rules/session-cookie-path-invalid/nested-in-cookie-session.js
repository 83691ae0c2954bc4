const cookieSession = require('cookie-session');
// expect: session-cookie-path-invalid
module.exports = cookieSession({ keys: [process.env.KEY], cookie: { path: 'foo/bar' } });
