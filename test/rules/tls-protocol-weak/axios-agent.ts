import axios from 'axios';
import express from 'express';
import { Agent } from 'node:https';

export class Partner {
  private readonly http = axios.create({
    baseURL: 'https://partner.example',
    // expect: tls-protocol-weak
    httpsAgent: new Agent({ keepAlive: true, maxVersion: 'TLSv1.1' }),
  });
  load() {
    return this.http.get('/');
  }
}
const app = express();
app.get('/', async (req, res) => res.json(await new Partner().load()));
app.listen(3000);
