import { Agent, type AgentOptions } from 'node:https';
const options: AgentOptions = {};
// expect: tls-validation-disabled
options.rejectUnauthorized = false;
export const agent = new Agent(options);
