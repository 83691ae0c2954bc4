interface Config {
  secret: string;
  session: { lifetime: number };
  admin?: { lifetime: number };
}
const config: Config = { secret: process.env.SECRET!, session: { lifetime: 1_000 * 60 * 30 } };
export default config;
