import { readFileSync } from 'node:fs';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
@Module({})
class AppModule {}
async function bootstrap() {
  const app = await NestFactory.create(AppModule, {
    httpsOptions: {
      key: readFileSync(process.env.KEY_FILE!),
      cert: readFileSync(process.env.CERT_FILE!),
      // expect: tls-protocol-weak
      minVersion: 'TLSv1.1',
    },
  });
  // expect-none: tls-missing
  await app.listen(443);
}
bootstrap();
