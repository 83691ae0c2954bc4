import express from 'express';
import nodemailer, { type TransportOptions } from 'nodemailer';
class EmailSettings {
  // expect-none: tls-validation-disabled
  rejectUnauthorized = true;
  host = '';
  constructor(settings: { rejectUnauthorized?: boolean; host: string }) {
    // expect-none: tls-validation-disabled
    this.rejectUnauthorized = !!settings.rejectUnauthorized;
    this.host = settings.host;
  }
  transport(): TransportOptions {
    const options: { host: string; tls?: object } = { host: this.host };
    // expect-undecided: tls-validation-disabled
    if (!this.rejectUnauthorized) options.tls = { rejectUnauthorized: false };
    return options;
  }
}
const app = express();
app.post('/mail', (req, res) => {
  nodemailer.createTransport(new EmailSettings(req.app.locals.mail).transport());
  res.end();
});
app.listen(3000);
