import type { Express } from 'express';
import helmet from 'helmet';
interface Options {
  production: boolean;
}
export function secure(app: Express, { production }: Options): void {
  if (!production) return;
  app.use(helmet({ contentSecurityPolicy: { directives: { defaultSrc: ["'self'"] } } }));
}
