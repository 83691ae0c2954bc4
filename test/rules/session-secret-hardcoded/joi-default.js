const express = require('express');
const session = require('express-session');
const Joi = require('joi');

const schema = Joi.object({
  NODE_ENV: Joi.string().valid('production', 'development', 'test').required(),
  SESSION_SECRET: Joi.string().default('keyboard cat').description('signs the sessions'),
}).unknown();
const { value: envVars, error } = schema.validate(process.env);
if (error) throw new Error(`Config validation error: ${error.message}`);
const config = { env: envVars.NODE_ENV, session: { secret: envVars.SESSION_SECRET } };

const app = express();
// expect: session-secret-hardcoded
app.use(session({ secret: config.session.secret, resave: false }));
app.get('/', (req, res) => res.send('home'));
app.listen(3000);
