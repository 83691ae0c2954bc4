import session from 'express-session';
class Settings {
  constructor(private readonly env: string | undefined) {}
  get isProduction(): boolean {
    return this.env === 'production';
  }
  get cookie() {
    return { secure: this.isProduction, httpOnly: true };
  }
}
const settings = new Settings(process.env.NODE_ENV);
// expect-none: session-cookie-not-secure
export default session({ secret: process.env.SECRET!, cookie: settings.cookie });
