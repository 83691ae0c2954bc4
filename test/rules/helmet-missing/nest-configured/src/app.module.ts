import { type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { HeadersModule } from './headers.module';

@Module({ imports: [HeadersModule.forRoot()] })
export class AppModule implements NestModule {
  configure(consumer: MiddlewareConsumer) {
    consumer.apply().forRoutes('*');
  }
}
