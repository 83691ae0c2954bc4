const express = require('express');
// expect-none: x-powered-by-enabled
const app = express();
app.disable('x-powered-by');
const router = express.Router();
router.get('/', (req, res) => res.send('router'));
app.use('/r', router);
app.listen(3000);
