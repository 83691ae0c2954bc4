import * as express from 'express';
import * as helmet from 'helmet';
// expect-none: helmet-missing
const app = express();
app.use(helmet.default());
app.listen(3000);
