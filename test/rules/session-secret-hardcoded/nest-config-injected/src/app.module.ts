import { Inject, MiddlewareConsumer, Module, NestModule } from '@nestjs/common';
import { ConfigModule, ConfigType } from '@nestjs/config';
import session from 'express-session';
import sessionConfig from './session.config';

@Module({ imports: [ConfigModule.forRoot({ load: [sessionConfig] })] })
export class AppModule implements NestModule {
  constructor(@Inject(sessionConfig.KEY) private readonly config: ConfigType<typeof sessionConfig>) {}

  configure(consumer: MiddlewareConsumer) {
    // expect: session-secret-hardcoded
    consumer.apply(session({ secret: this.config.secret, resave: false })).forRoutes('*');
  }
}
