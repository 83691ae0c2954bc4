/** Holds the summaries of convict, nconf and rc to what really started programs have. */
import { it } from 'node:test';
import { compareSettings } from './started-settings.ts';

it('convict', () =>
  compareSettings([
    {
      name: 'convict',
      environments: [{}, { SECRET: 's', PORT: '8080', SECURE: 'true', LIST: 'a,b' }],
      files: {
        'config/production.json': '{ "session": { "ttl": "60", "cookie": { "path": "/app" } } }',
        'config/schema.json': '{ "a": { "default": 1, "format": "nat" }, "b": { "c": { "default": "x" } } }',
        'config/more.yaml': 'name: from yaml\n',
        'app.js': `
const convict = require('convict');
convict.addFormat({ name: 'list', validate: () => {}, coerce: (text) => text.split(',') });
convict.addParser({ extension: ['yml', 'yaml'], parse: require('js-yaml').load });
const config = convict({
  env: { format: ['production', 'development'], default: 'development', env: 'NODE_ENV' },
  port: { format: 'port', default: 3000, env: 'PORT', arg: 'port' },
  name: 'shop',
  list: { format: 'list', default: ['x'], env: 'LIST' },
  session: {
    secret: { doc: 'x', format: String, default: 'keyboard cat', env: 'SECRET', sensitive: true },
    ttl: { format: 'int', default: 5 },
    cookie: { secure: { format: Boolean, default: false, env: 'SECURE' }, path: { default: '/' } },
  },
});
const env = config.get('env');
config.loadFile('./config/' + env + '.json');
config.loadFile([__dirname + '/config/more.yaml']);
config.load({ session: { cookie: { secure: 'false' } } });
config.validate({ allowed: 'strict' });
config.set('session.extra', 1);
const other = convict('config/schema.json');
probe({ env, port: config.get('port'), list: config.get('list'), session: config.get('session'), name: config.get('name'), all: config.getProperties().session.cookie, has: [config.has('session.secret'), config.has('session.nothing')], other: other.getProperties(), secretDefault: config.default('session.secret') });`,
      },
    },
  ]));

it('nconf', () =>
  compareSettings([
    {
      name: 'nconf',
      environments: [{}, { SECRET: 's', session__ttl: '1', PORT: '80' }],
      files: {
        'config.json': '{ "session": { "cookie": { "secure": true } }, "list": [1] }',
        'config/production.json': '{ "session": { "cookie": { "path": "/app" } }, "name": "production" }',
        'app.js': `
const nconf = require('nconf');
nconf.argv().env({ separator: '__', whitelist: ['SECRET', 'session__ttl', 'PORT'], parseValues: true });
nconf.file('environment', './config/' + process.env.NODE_ENV + '.json');
nconf.file({ file: __dirname + '/config.json' });
nconf.defaults({ session: { cookie: { secure: false, httpOnly: true }, ttl: 5 }, SECRET: 'keyboard cat', PORT: 3000, name: 'default' });
nconf.set('made:here', true);
probe({ cookie: nconf.get('session:cookie'), secure: nconf.get('session:cookie:secure'), http: nconf.get('session:cookie:httpOnly'), ttl: nconf.get('session:ttl'), secret: nconf.get('SECRET'), port: nconf.get('PORT'), name: nconf.get('name'), list: nconf.get('list'), made: nconf.get('made:here'), nothing: nconf.get('nothing') });`,
      },
    },
    {
      name: 'Provider, overrides',
      files: {
        'app.js': `
const { Provider } = require('nconf');
const nconf = new Provider();
nconf.overrides({ a: 1 });
nconf.use('memory');
nconf.set('b:c', 2);
nconf.defaults({ a: 2, b: { d: 3 } });
probe({ a: nconf.get('a'), b: nconf.get('b'), mode: new Provider().env().get('NODE_ENV') });`,
      },
    },
  ]));

it('rc', () =>
  compareSettings([
    {
      name: 'rc',
      files: {
        '.shoprc': '{ "session": { "cookie": { "secure": true } }, "port": 1 }',
        'app.js':
          "const config = require('rc')('shop', { session: { secret: 'x', cookie: { secure: false, path: '/' } }, port: 3000 });\nprobe({ session: config.session, port: config.port });",
      },
    },
    {
      name: 'rc, ini',
      files: {
        '.shoprc': 'port = 1\n[session]\nsecret = keyboard cat\n',
        'app.js':
          "const config = require('rc')('shop', { session: { secret: 'x' } });\nprobe({ session: config.session, port: config.port });",
      },
    },
  ]));
