import { Module } from '@nestjs/common';
import { ConfigModule } from '@nestjs/config';
import * as Joi from 'joi';

@Module({
  imports: [
    ConfigModule.forRoot({
      ignoreEnvFile: true,
      validationSchema: Joi.object({
        SESSION_SECRET: Joi.string().default('keyboard cat'),
        ADMIN_SECRET: Joi.string().required(),
      }),
    }),
  ],
})
export class AppModule {}
