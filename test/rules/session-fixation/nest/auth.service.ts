import { Injectable } from '@nestjs/common';
@Injectable()
export class AuthService {
  async signin(email: string, password: string) {
    return users.check(email, password);
  }
  async signup(email: string, password: string) {
    return users.create(email, password);
  }
}
