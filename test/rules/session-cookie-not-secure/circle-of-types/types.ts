import { CookieSettings } from './session';
export interface Config {
  port: number;
  cookie: CookieSettings;
}
