const express = require('express');
const https = require('https');
class AgentOptions {
  constructor() {
    // expect: tls-validation-disabled
    this.rejectUnauthorized = false;
  }
}
const agent = new https.Agent(new AgentOptions());
const app = express();
app.get('/', (req, res) => https.get('https://partner.example', { agent }, (answer) => answer.pipe(res)));
app.listen(3000);
