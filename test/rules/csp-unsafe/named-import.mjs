import express from 'express';
import { contentSecurityPolicy } from 'helmet';
const app = express();
// expect: csp-unsafe
app.use(contentSecurityPolicy({ directives: { scriptSrc: ["'unsafe-inline'"] } }));
app.listen(3000);
