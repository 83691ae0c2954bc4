const session = require('express-session');
const options = { secret: process.env.SECRET, cookie: { secure: false } };
const production = { secure: true, sameSite: 'lax' };
if (process.env.NODE_ENV === 'production') {
  for (const [name, value] of Object.entries(production)) options.cookie[name] = value;
}
// expect-none: session-cookie-not-secure
module.exports = session(options);
