import express = require('express');
import helmet = require('helmet');
// expect: helmet-missing
const app: express.Express = express();
if (process.env.NODE_ENV !== 'production') app.use(helmet());
app.listen(3000);
