import express from 'express';
import session from 'express-session';
import * as z from 'zod';

const schema = z.object({ SESSION_SECRET: z.string().min(32), PORT: z.coerce.number().default(3000) });
const result = schema.safeParse(process.env);
if (!result.success) {
  console.error(result.error.flatten());
  process.exit(1);
}
export const env = result.data;

const app = express();
// expect-none: session-secret-hardcoded
app.use(session({ secret: env.SESSION_SECRET, resave: false }));
app.get('/', (req, res) => res.send('home'));
app.listen(env.PORT);
