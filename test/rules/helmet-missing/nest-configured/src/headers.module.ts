import { type DynamicModule, type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import helmet from 'helmet';
import type { NextFunction, Request, Response } from 'express';

class HeadersMiddleware {
  private readonly helmet = helmet();

  use(req: Request, res: Response, next: NextFunction) {
    this.helmet(req, res, next);
  }
}

@Module({})
export class HeadersModule implements NestModule {
  static forRoot(): DynamicModule {
    return { module: HeadersModule, providers: [] };
  }

  configure(consumer: MiddlewareConsumer) {
    consumer.apply(HeadersMiddleware).forRoutes({ path: '*', method: 0 });
  }
}
