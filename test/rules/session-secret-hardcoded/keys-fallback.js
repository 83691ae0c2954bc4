const cookieSession = require('cookie-session');
module.exports = cookieSession({
  name: 'shop',
  // expect: session-secret-hardcoded
  keys: [process.env.KEY_1 || 'key1', process.env.KEY_2 || 'key2'],
});
