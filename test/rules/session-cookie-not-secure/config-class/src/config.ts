export class Config {
  private static instance: Config;
  private readonly values: Record<string, any>;

  private constructor(private readonly env: NodeJS.ProcessEnv = process.env) {
    this.values = Object.freeze({
      session: { cookie: { secure: this.isProduction, domain: env.COOKIE_DOMAIN }, unsafe: { secure: !this.isProduction } },
    });
  }

  static get(): Config {
    return (Config.instance ??= new Config());
  }

  get isProduction(): boolean {
    return this.env.NODE_ENV === 'production';
  }

  public value<T>(path: string, fallback?: T): T {
    return path.split('.').reduce((at: any, key) => at?.[key], this.values) ?? fallback;
  }
}
