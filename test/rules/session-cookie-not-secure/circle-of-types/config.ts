import { Config } from './types';
const config: Config = { port: 3000, cookie: { secure: true } };
export default config;
