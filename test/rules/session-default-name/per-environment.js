const session = require('express-session');
const prefix = process.env.NODE_ENV === 'production' ? '__Host-' : '';
// expect-none: session-default-name
exports.a = session({ secret: process.env.SECRET, name: `${prefix}shop` });
const name = process.env.NODE_ENV === 'production' ? undefined : 'shop';
exports.b = session({
  secret: process.env.SECRET,
  // expect: session-default-name
  name,
});
