const cookieSession = require('cookie-session');
// expect: session-default-name
module.exports = cookieSession({ keys: [process.env.KEY], name: 'session' });
