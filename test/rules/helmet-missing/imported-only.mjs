import express from 'express';
import helmet from 'helmet';
// expect: helmet-missing
const app = express();
// Made, and never registered.
const security = helmet();
app.get('/', (req, res) => res.send(String(typeof security)));
app.listen(3000);
