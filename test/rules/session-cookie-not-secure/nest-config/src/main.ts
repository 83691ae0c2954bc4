import { ConfigService } from '@nestjs/config';
import { NestFactory } from '@nestjs/core';
import { NestExpressApplication } from '@nestjs/platform-express';
import session from 'express-session';
import { AppModule } from './app.module';

async function bootstrap() {
  const app = await NestFactory.create<NestExpressApplication>(AppModule);
  const config = app.get(ConfigService);
  app.set('trust proxy', 1);
  app.use(
    session({
      name: 'a',
      secret: config.getOrThrow<string>('SESSION_SECRET'),
      // expect: session-cookie-not-secure
      cookie: { secure: config.get<boolean>('session.cookie.secure') },
    }),
  );
  app.use(
    session({
      name: 'b',
      secret: config.getOrThrow<string>('SESSION_SECRET'),
      // expect-none: session-cookie-not-secure
      cookie: { secure: config.get<boolean>('security.secure', { infer: true }) },
    }),
  );
  app.use(
    session({
      name: 'c',
      secret: config.getOrThrow<string>('SESSION_SECRET'),
      // expect: session-cookie-not-secure
      cookie: { secure: config.get('session.nothing', false) },
    }),
  );
  await app.listen(config.get<number>('port')!);
}
bootstrap();
