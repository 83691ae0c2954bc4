import express from 'express';
import { contentSecurityPolicy } from 'helmet';
const app = express();
const scripts = ["'self'"];
if (process.env.NODE_ENV === 'production') scripts.push('https://cdn.example.com');
else scripts.push("'unsafe-eval'");
// expect-none: csp-unsafe
app.use(contentSecurityPolicy({ directives: { scriptSrc: scripts } }));
app.listen(3000);
