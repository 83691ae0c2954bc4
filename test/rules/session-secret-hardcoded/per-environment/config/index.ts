import { development } from './development';
import { production } from './production';
const all = { development, production };
export const config = all[(process.env.NODE_ENV ?? 'development') as keyof typeof all];
