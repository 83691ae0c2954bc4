import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import * as session from 'express-session';
import { AppModule } from './app.module';

async function bootstrap() {
  const app = await NestFactory.create<NestExpressApplication>(AppModule);
  app.set('trust proxy', 1);
  app.use(
    session({
      secret: process.env.SECRET!,
      resave: false,
      saveUninitialized: false,
      // expect-none: session-cookie-not-secure
      cookie: { secure: process.env.NODE_ENV === 'production' },
    }),
  );
  app.use(
    '/admin',
    session({
      secret: process.env.SECRET!,
      // expect: session-cookie-not-secure
      cookie: { secure: process.env.NODE_ENV === 'development' },
    }),
  );
  await app.listen(process.env.PORT ?? 3000);
}
bootstrap();
