const express = require('express');
const { sessions } = require('./sessions');
const setUp = require('./set-up');
const app = express();
if (process.env.NODE_ENV === 'production') sessions(app);
else {
  require('./development-sessions')(app);
  setUp(app);
}
app.listen(3000);
