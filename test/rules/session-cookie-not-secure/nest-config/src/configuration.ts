import { registerAs } from '@nestjs/config';

export default () => ({
  port: parseInt(process.env.PORT ?? '3000', 10),
  session: { cookie: { secure: process.env.NODE_ENV !== 'production' } },
});

export const security = registerAs('security', () => ({ secure: process.env.NODE_ENV === 'production' }));
