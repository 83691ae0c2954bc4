const cookieSession = require('cookie-session');
// expect: session-secret-hardcoded
module.exports = cookieSession({ keys: ['one', 'two'] });
