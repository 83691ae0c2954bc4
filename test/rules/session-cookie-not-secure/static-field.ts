import session from 'express-session';
enum Environment {
  Development = 'development',
  Production = 'production',
}
abstract class Base {
  static readonly environment = (process.env.NODE_ENV as Environment) ?? Environment.Development;
}
class Config extends Base {
  static readonly secureCookies: boolean = Config.environment === Environment.Production;
}
// expect-none: session-cookie-not-secure
export default session({ secret: process.env.SECRET!, cookie: { secure: Config.secureCookies } });
