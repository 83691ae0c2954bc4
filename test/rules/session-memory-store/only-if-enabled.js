const express = require('express');
const session = require('express-session');
const app = express();
// Wherever there are sessions they are in the memory.
if (process.env.SIGN_IN === 'on') {
  // expect: session-memory-store
  app.use(session({ secret: process.env.SECRET }));
}
app.listen(3000);
