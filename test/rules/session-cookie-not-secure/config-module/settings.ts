interface Settings {
  secret: string;
  cookie: { secure: boolean };
}
const production: Settings = { secret: process.env.SECRET!, cookie: { secure: false } };
const development: Settings = { ...production, cookie: { secure: true } };
export const settings = process.env.NODE_ENV === 'production' ? production : development;
