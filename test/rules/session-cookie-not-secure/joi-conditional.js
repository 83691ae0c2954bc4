const express = require('express');
const session = require('express-session');
const Joi = require('joi');

const { value: env } = Joi.object({
  NODE_ENV: Joi.string().valid('development', 'production').required(),
  SESSION: Joi.object({
    secure: Joi.boolean().when(Joi.ref('...NODE_ENV'), { is: 'production', then: Joi.valid(true) }),
  }).default({}),
  SESSION_SECRET: Joi.string().required(),
})
  .unknown()
  .validate(process.env);
const isProduction = env.NODE_ENV === 'production';
const app = express();
app.set('trust proxy', 1);
// expect-none: session-cookie-not-secure
app.use(session({ secret: env.SESSION_SECRET, cookie: { secure: isProduction } }));
app.get('/', (req, res) => res.send('home'));
app.listen(3000);
