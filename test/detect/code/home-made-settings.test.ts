/** Holds what is followed of configuration modules that programs write themselves to what really started programs have. */
import { it } from 'node:test';
import { compareSettings, type SettingsProgram } from './started-settings.ts';

const environments: SettingsProgram['environments'] = [
  {},
  { SECRET: 'from outside', PORT: '80', SECURE: 'true' },
];

it('configuration modules of programs', () =>
  compareSettings([
    {
      name: 'an object for each environment',
      environments,
      files: {
        'config.js': `
const base = { session: { secret: process.env.SECRET || 'keyboard cat', cookie: { httpOnly: true } } };
const config = {
  development: { ...base, session: { ...base.session, cookie: { secure: false } } },
  production: { ...base, session: { ...base.session, cookie: { secure: true } } },
};
module.exports = Object.freeze(config[process.env.NODE_ENV || 'development']);`,
        'app.js': "const config = require('./config');\nprobe({ session: config.session });",
      },
    },
    {
      name: 'a computed module, merged deeply by hand',
      environments,
      files: {
        'config/env/production.js': 'module.exports = { session: { cookie: { secure: true }, list: [3] } };',
        'config/env/development.js': 'module.exports = { session: { cookie: { secure: 1 } } };',
        'config/env/all.json':
          '{ "session": { "cookie": { "secure": false, "path": "/" }, "list": [1, 2] } }',
        'config/index.js': `
const path = require('path');
const env = process.env.NODE_ENV || 'development';
const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
function merge(target, source) {
  for (const key of Object.keys(source)) {
    if (isObject(source[key])) {
      if (!target[key]) target[key] = {};
      merge(target[key], source[key]);
    } else target[key] = source[key];
  }
  return target;
}
module.exports = merge(require('./env/all'), require(path.join(__dirname, 'env', \`\${env}.js\`)));
module.exports.env = env;`,
        'app.js': "const { session, env } = require('./config');\nprobe({ session, env });",
      },
    },
    {
      name: 'a placeholder that start-up replaces',
      files: {
        'app.js': `
const crypto = require('crypto');
const config = { secret: 'change me', other: 'x' };
if (config.secret === 'change me') config.secret = crypto.randomBytes(32).toString('hex');
probe({ isPlaceholder: config.secret === 'change me', other: config.other });`,
      },
      open: { isPlaceholder: 'random bytes' },
    },
    {
      name: 'a class with one instance',
      environments,
      files: {
        'config.js': `
class Config {
  static #instance = null;
  #values;
  constructor() {
    this.#values = { session: { cookie: { secure: this.isProduction() } }, port: parseInt(process.env.PORT, 10) || 3000 };
  }
  static getInstance() {
    if (!Config.#instance) Config.#instance = new Config();
    return Config.#instance;
  }
  static get instance() { return this.getInstance(); }
  isProduction() { return this.env === 'production'; }
  get env() { return process.env.NODE_ENV || 'development'; }
  get(path, fallback) {
    let value = this.#values;
    for (const part of path.split('.')) {
      if (value === undefined || value === null) return fallback;
      value = value[part];
    }
    return value === undefined ? fallback : value;
  }
}
module.exports = { Config, config: Config.getInstance() };`,
        'app.js':
          "const { Config, config } = require('./config');\nprobe({ secure: config.get('session.cookie.secure'), fallback: config.get('session.nothing.at.all', 5), missing: config.get('session.x', 'y'), same: Config.getInstance().isProduction(), instance: Config.instance.env });",
      },
    },
    {
      name: 'functions that read the environment',
      environments,
      files: {
        'env.js': `
const env = (name, fallback) => (process.env[name] !== undefined ? process.env[name] : fallback);
function bool(name, fallback = false) {
  const value = process.env[name];
  if (value === undefined) return fallback;
  return ['1', 'true', 'yes'].includes(value.toLowerCase());
}
const required = (name) => { const value = process.env[name]; if (!value && name !== 'SECRET') throw new Error(name); return value; };
module.exports = { env, bool, required };`,
        'app.js': `
const { env, bool, required } = require('./env');
const settings = { secret: env('SECRET', 'keyboard cat'), secure: bool('SECURE', process.env.NODE_ENV === 'production'), mode: required('NODE_ENV') };
const getters = { get secret() { return process.env.SECRET ?? 'x'; }, get isProduction() { return settings.mode === 'production'; } };
probe({ ...settings, getter: getters.secret, isProduction: getters.isProduction });`,
      },
    },
    {
      name: 'a switch, and files of a directory',
      files: {
        'config/session.js': 'module.exports = { secure: true };',
        'config/db.json': '{ "host": "a" }',
        'config/index.js': `
const fs = require('fs');
const path = require('path');
const basename = path.basename(__filename);
const all = {};
fs.readdirSync(__dirname)
  .filter((file) => file.indexOf('.') !== 0 && file !== basename && /\\.(js|json)$/.test(file))
  .forEach((file) => { all[path.parse(file).name] = require(path.join(__dirname, file)); });
switch (process.env.NODE_ENV) {
  case 'production': all.level = 'warn'; break;
  case 'test': all.level = 'silent'; break;
  default: all.level = 'debug';
}
module.exports = all;`,
        'app.js':
          "const config = require('./config');\nprobe({ session: config.session, db: config.db, level: config.level, keys: Object.keys(config) });",
      },
    },
    {
      name: 'variables by their names',
      environments,
      files: {
        'app.js': `
const defaults = { SECRET: 'keyboard cat', PORT: 3000, SECURE: false };
const config = {};
for (const [key, value] of Object.entries(defaults)) config[key] = process.env[key] ?? value;
const camel = Object.keys(defaults).reduce((all, key) => ({ ...all, [key.toLowerCase()]: process.env[key] || defaults[key] }), {});
const merged = { ...defaults, ...process.env };
const assigned = Object.assign({}, defaults, { mode: process.env.NODE_ENV });
probe({ config, camel, mode: assigned.mode, merged: merged.SECRET });`,
      },
    },
  ]));
