import { Body, Controller, Post, Res } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { Response } from 'express';
@Controller('auth')
export class AuthController {
  constructor(private readonly jwtService: JwtService) {}
  @Post('login')
  async login(@Body() body: LoginDto, @Res({ passthrough: true }) response: Response) {
    const token = await this.jwtService.signAsync({ sub: body.id });
    // expect: cookie-not-secure
    response.cookie('access_token', token, { httpOnly: true, sameSite: 'strict' });
    return { ok: true };
  }
  @Post('refresh')
  refresh(@Res() answer: Response) {
    // expect-none: cookie-not-secure
    answer.cookie('access_token', this.jwtService.sign({}), { secure: process.env.NODE_ENV === 'production' });
    answer.end();
  }
}
