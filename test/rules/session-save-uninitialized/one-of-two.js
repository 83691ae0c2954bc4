const express = require('express');
const session = require('express-session');
const app = express();
// Both do it, so it hangs on nothing.
if (process.env.REDIS_URL) {
  // expect: session-save-uninitialized
  app.use(session({ secret: process.env.SECRET, store: makeStore() }));
} else {
  // expect: session-save-uninitialized
  app.use(session({ secret: process.env.SECRET }));
}
app.listen(3000);
