import https from 'node:https';
import axios, { type AxiosInstance } from 'axios';
export class PartnerClient {
  private readonly http: AxiosInstance;
  constructor(baseURL: string) {
    this.http = axios.create({
      baseURL,
      // expect: tls-validation-disabled
      httpsAgent: new https.Agent({ keepAlive: true, rejectUnauthorized: false }),
    });
  }
  get = (path: string) => this.http.get(path);
}
new PartnerClient('https://partner.example');
