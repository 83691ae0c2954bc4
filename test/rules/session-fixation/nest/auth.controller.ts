import { Body, Controller, Post, Req, Session } from '@nestjs/common';
import type { Request } from 'express';
import { AuthService } from './auth.service';
@Controller('auth')
export class AuthController {
  constructor(private readonly authService: AuthService) {}
  @Post('signin')
  async signin(@Body() body: Credentials, @Session() session: Record<string, unknown>) {
    const user = await this.authService.signin(body.email, body.password);
    // expect: session-fixation
    session.userId = user.id;
    return user;
  }
  @Post('signup')
  async signup(@Body() body: Credentials, @Req() req: Request) {
    const user = await this.authService.signup(body.email, body.password);
    await new Promise<void>((resolve) => req.session.regenerate(() => resolve()));
    // expect-none: session-fixation
    req.session.userId = user.id;
    return user;
  }
  @Post('signout')
  signOut(@Session() session: Record<string, unknown>) {
    // expect-none: session-fixation
    session.userId = null;
  }
}
