const session = require('express-session');
const options = { secret: process.env.SECRET };
if (process.env.NODE_ENV === 'production') {
  const FileStore = require('session-file-store')(session);
  options.store = new FileStore({ path: '/var/sessions' });
}
// expect-none: session-memory-store
module.exports = session(options);
