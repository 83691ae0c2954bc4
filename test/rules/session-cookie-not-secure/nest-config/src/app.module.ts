import { Module } from '@nestjs/common';
import { ConfigModule } from '@nestjs/config';
import configuration, { security } from './configuration';

@Module({
  imports: [ConfigModule.forRoot({ isGlobal: true, load: [configuration, security] })],
})
export class AppModule {}
