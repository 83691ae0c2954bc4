import express from 'express';
import session from 'express-session';
interface Named {
  readonly name?: string;
}
class Sessions {
  constructor(private readonly options: Named) {}
  build() {
    return session({
      secret: process.env.SECRET!,
      // expect: session-default-name
      name: this.options.name,
    });
  }
}
express().use(new Sessions({}).build()).listen(3000);
