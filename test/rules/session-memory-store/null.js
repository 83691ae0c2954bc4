const session = require('express-session');
const stores = { production: null, development: undefined };
module.exports = session({
  secret: process.env.SECRET,
  // expect: session-memory-store
  store: stores[process.env.NODE_ENV],
});
