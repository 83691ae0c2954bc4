import { NestFactory } from '@nestjs/core';
import helmet from 'helmet';
import { AppModule } from './app.module';

async function bootstrap() {
  // expect-none: helmet-missing
  const app = await NestFactory.create(AppModule);
  app.use(helmet());
  await app.listen(3000);
  // expect: helmet-missing
  const admin = await NestFactory.create(AppModule, { cors: true });
  await admin.listen(3001);
}
void bootstrap();
