const express = require('express');
// expect-none: x-powered-by-enabled
const app = express();
['etag', 'x-powered-by'].forEach((name) => app.disable(name));
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
