import { type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import helmet from 'helmet';

@Module({})
export class AppModule implements NestModule {
  configure(consumer: MiddlewareConsumer) {
    consumer.apply(helmet()).forRoutes('admin');
  }
}
