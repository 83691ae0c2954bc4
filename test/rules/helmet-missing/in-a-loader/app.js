const express = require('express');
const security = require('./security');
async function main() {
  // expect-none: helmet-missing
  const app = express();
  await security(app);
  app.listen(3000);
}
main();
