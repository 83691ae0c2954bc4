import express from 'express';
import * as helmet from 'helmet';
// expect-none: x-powered-by-enabled
const app = express();
app.use(helmet.xPoweredBy());
app.get('/', (request, response) => response.send('hello'));
app.listen(3000);
