/** Holds the summaries of libraries that read the environment to what really started programs have. */
import { it } from 'node:test';
import { compareSettings, type SettingsProgram } from './started-settings.ts';

const environments: SettingsProgram['environments'] = [
  {},
  {
    SECRET: 'from outside',
    SECURE: 'true',
    PORT: '8080',
    LIST: 'a,b',
    JSON_TEXT: '{"a":1}',
    ONLY_DEFAULT: '1',
    ADDRESS: 'https://b.example',
    FLAG: 'off',
    WITH_CATCH: '9',
    TTL: '70',
    NAME: 'given',
    PUBLIC_NAME: 'market',
  },
];

it('envalid', () =>
  compareSettings([
    {
      name: 'envalid',
      environments,
      files: {
        'app.js': `
const { cleanEnv, str, bool, num, port, json, url, makeValidator } = require('envalid');
const list = makeValidator((text) => text.split(','));
const env = cleanEnv(process.env, {
  NODE_ENV: str({ choices: ['development', 'production'] }),
  SECRET: str({ default: 'keyboard cat', devDefault: 'dev' }),
  SECURE: bool({ default: false }),
  PORT: port({ default: 3000, desc: 'x' }),
  LIST: list({ default: [] }),
  JSON_TEXT: json({ default: { b: 2 } }),
  ONLY_DEFAULT: num({ default: undefined, devDefault: 7 }),
  ADDRESS: url({ default: 'https://a.example' }),
});
probe({ ...env, production: env.isProduction, short: env.isProd, dev: env.isDev, test: env.isTest, mode: env.NODE_ENV });`,
      },
    },
  ]));

it('env-var', () =>
  compareSettings([
    {
      name: 'env-var',
      environments,
      files: {
        'app.js': `
const env = require('env-var');
const given = env.from({ SECURE: 'false', N: '5' });
probe({
  secret: env.get('SECRET').default('keyboard cat').asString(),
  required: env.get('NODE_ENV').required().asString(),
  secure: env.get('SECURE').default('false').asBool(),
  port: env.get('PORT').default(3000).asPortNumber(),
  list: env.get('LIST').default('x,y').asArray(),
  none: env.get('NOT_THERE_AT_ALL') === undefined,
  given: [given.get('SECURE').asBoolStrict(), given.get('N').required().asIntPositive(), given.get('M').asString()],
});`,
      },
    },
  ]));

it('zod', () =>
  compareSettings([
    {
      name: 'zod',
      environments,
      files: {
        'app.js': `
const { z } = require('zod');
const base = z.object({
  NODE_ENV: z.enum(['development', 'production']).default('development'),
  SECRET: z.string().min(1).default('keyboard cat'),
  OPTIONAL: z.string().optional(),
});
const schema = base.extend({
  SECURE: z.string().default('false').transform((value) => value === 'true'),
  PORT: z.coerce.number().int().positive().max(65535).default(3000),
  FLAG: z.stringbool().default(true),
  WITH_CATCH: z.coerce.number().catch(5),
  LIST: z.preprocess((value) => (value ? String(value).split(',') : ['none']), z.array(z.string())),
  TTL: z.string().trim().toLowerCase().pipe(z.string()).default('a'),
});
const env = schema.parse(process.env);
const safe = base.safeParse(process.env);
if (!safe.success) { console.error(safe.error); process.exit(1); }
const picked = schema.pick({ PORT: true }).parse({ PORT: '1', other: 2 });
const mode = z.discriminatedUnion('NODE_ENV', [z.object({ NODE_ENV: z.literal('development'), secure: z.boolean().default(false) }), z.object({ NODE_ENV: z.literal('production'), secure: z.boolean().default(true) })]).parse({ NODE_ENV: process.env.NODE_ENV });
probe({ ...env, safe: safe.data.SECRET, isProduction: env.NODE_ENV === 'production', picked, mode, coerced: z.coerce.boolean().parse('false'), loose: z.object({ a: z.string() }).passthrough().parse({ a: 'x', b: 1 }) });`,
      },
    },
    {
      name: 't3-env',
      environments,
      files: {
        'app.js': `
const { z } = require('zod');
const { createEnv } = require('@t3-oss/env-core');
const env = createEnv({
  server: { SECRET: z.string().default('keyboard cat'), PORT: z.coerce.number().default(3000) },
  shared: { NODE_ENV: z.enum(['development', 'production']) },
  clientPrefix: 'PUBLIC_',
  client: { PUBLIC_NAME: z.string().default('shop') },
  runtimeEnv: process.env,
  emptyStringAsUndefined: true,
});
probe({ secret: env.SECRET, port: env.PORT, mode: env.NODE_ENV, name: env.PUBLIC_NAME });`,
      },
    },
  ]));

it('joi', () =>
  compareSettings([
    {
      name: 'joi',
      environments,
      files: {
        'app.js': `
const Joi = require('joi');
const schema = Joi.object({
  NODE_ENV: Joi.string().valid('development', 'production').default('development'),
  SECRET: Joi.string().default('keyboard cat'),
  SECURE: Joi.boolean().default(false),
  PORT: Joi.number().port().default(3000),
  TTL: Joi.number().when('NODE_ENV', { is: 'production', then: Joi.number().default(60), otherwise: Joi.number().default(5) }),
  NAME: Joi.string().when('NODE_ENV', { is: Joi.valid('development', 'test'), then: Joi.string().default('dev'), otherwise: Joi.string().default('live') }),
}).unknown().required();
const { value, error } = schema.prefs({ errors: { label: 'key' } }).validate(process.env);
if (error) throw new Error(error.message);
const attempt = Joi.attempt({ a: '1' }, Joi.object({ a: Joi.number(), b: Joi.string().default('b') }));
probe({ mode: value.NODE_ENV, secret: value.SECRET, secure: value.SECURE, port: value.PORT, ttl: value.TTL, name: value.NAME, list: value.LIST, attempt });`,
      },
    },
  ]));

it('yup and valibot', () =>
  compareSettings([
    {
      name: 'yup',
      environments,
      files: {
        'app.js': `
const yup = require('yup');
const schema = yup.object({
  NODE_ENV: yup.string().oneOf(['development', 'production']).default('development'),
  SECRET: yup.string().default('keyboard cat'),
  SECURE: yup.boolean().default(false),
  PORT: yup.number().integer().default(() => 3000),
  TTL: yup.number().when('NODE_ENV', { is: 'production', then: (s) => s.default(60), otherwise: (s) => s.default(5) }),
});
const env = schema.validateSync(process.env);
const cast = yup.object().shape({ a: yup.number(), b: yup.boolean() }).cast({ a: '1', b: 'true' });
probe({ mode: env.NODE_ENV, secret: env.SECRET, secure: env.SECURE, port: env.PORT, ttl: env.TTL, cast });`,
      },
    },
    {
      name: 'valibot',
      environments,
      files: {
        'app.js': `
const v = require('valibot');
const schema = v.object({
  NODE_ENV: v.optional(v.picklist(['development', 'production']), 'development'),
  SECRET: v.optional(v.pipe(v.string(), v.minLength(1)), 'keyboard cat'),
  SECURE: v.pipe(v.optional(v.string(), 'false'), v.transform((text) => text === 'true')),
  PORT: v.fallback(v.pipe(v.string(), v.transform(Number)), 3000),
});
const env = v.parse(schema, process.env);
const safe = v.safeParse(v.looseObject({ a: v.string() }), { a: 'x', b: 2 });
probe({ ...env, safe: safe.success ? safe.output : null });`,
      },
    },
  ]));
