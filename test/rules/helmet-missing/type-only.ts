import type { Express } from 'express';
// expect-none: helmet-missing
export type App = Express;
export const name = (app: Express): string => app.locals.name;
