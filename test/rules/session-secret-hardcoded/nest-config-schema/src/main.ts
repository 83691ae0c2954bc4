import { ConfigService } from '@nestjs/config';
import { NestFactory } from '@nestjs/core';
import session from 'express-session';
import { AppModule } from './app.module';

async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  const configService = app.get<ConfigService>(ConfigService);
  // expect: session-secret-hardcoded
  app.use(session({ secret: configService.get('SESSION_SECRET'), resave: false }));
  // expect-none: session-secret-hardcoded
  app.use('/admin', session({ secret: configService.get('ADMIN_SECRET'), resave: false }));
  await app.listen(3000);
}
bootstrap();
