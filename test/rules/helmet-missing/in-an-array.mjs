import express from 'express';
import helmet from 'helmet';
// expect-none: helmet-missing
const app = express();
app.use([express.json(), helmet({ contentSecurityPolicy: false })]);
app.listen(3000);
