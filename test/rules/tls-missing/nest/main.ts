import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
@Module({})
class AppModule {}
async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  // expect: tls-missing
  await app.listen(process.env.PORT ?? 3000);
}
bootstrap();
