const fs = require('fs');
const path = require('path');
const express = require('express');

const app = express();
if (process.env.NODE_ENV !== 'production') {
  const directory = path.join(__dirname, './plugins/');
  for (const file of fs.readdirSync(directory)) require(path.join(directory, file))(app);
}
app.listen(3000);
