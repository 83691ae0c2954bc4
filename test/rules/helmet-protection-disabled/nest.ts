import { NestFactory } from '@nestjs/core';
import helmet from 'helmet';
import { AppModule } from './app.module';
async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  app.use(
    helmet({
      // expect: helmet-protection-disabled
      contentSecurityPolicy: false,
      // expect-none: helmet-protection-disabled
      crossOriginEmbedderPolicy: false,
    }),
  );
  await app.listen(3000);
}
bootstrap();
