const express = require('express');
const session = require('express-session');
module.exports = function create(secret) {
  const app = express();
  // expect-none: session-secret-hardcoded
  app.use(session({ secret }));
  return app;
};
if (require.main === module) module.exports(process.env.SESSION_SECRET).listen(3000);
