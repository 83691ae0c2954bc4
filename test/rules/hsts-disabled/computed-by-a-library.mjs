import express from 'express';
import helmet from 'helmet';
import { hoursToSeconds } from 'date-fns';
const app = express();
// expect-none: hsts-disabled
app.use(helmet({ hsts: { maxAge: hoursToSeconds(24 * 365) } }));
app.listen(3000);
