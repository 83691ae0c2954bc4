import { NestFactory } from '@nestjs/core';
import { SeedModule } from './seed.module';

async function seed() {
  // expect-none: helmet-missing
  const app = await NestFactory.create(SeedModule);
  await app.get('Seeds').run();
  await app.close();
}
void seed();
