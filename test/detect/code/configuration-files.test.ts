/** Holds what is read from configuration files, and by the package `config`, to what really started programs have. */
import { it } from 'node:test';
import { compareSettings } from './started-settings.ts';

const yamlText = `# base
base: &base
  secure: false
  maxAge: 86400000
session:
  <<: *base
  secret: keyboard cat # a comment
  "quoted": 'yes'
  list: [a, 1, true, null]
  block: |
    two
    lines
same: *base
empty:
`;
const tomlText =
  'title = "x"\n[session]\nsecure = false\nage = 86_400\n[session.cookie]\nname = \'a\'\nlist = [1, 2]\n';

it('files that start-up reads', () =>
  compareSettings([
    {
      name: 'js-yaml',
      files: {
        'config.yml': yamlText,
        'app.js':
          "const fs = require('fs'); const path = require('path'); const yaml = require('js-yaml');\n" +
          "const all = yaml.load(fs.readFileSync(path.join(__dirname, 'config.yml'), 'utf8'));\n" +
          "const again = yaml.load(fs.readFileSync('./config.yml').toString());\n" +
          'probe({ all, session: again.session, many: yaml.loadAll("a: 1\\n---\\nb: 2\\n") });',
      },
    },
    {
      name: 'yaml',
      files: {
        'config/app.yaml': yamlText.replace('  <<: *base\n', ''),
        'app.js':
          "const { readFileSync } = require('fs'); const { parse, parseDocument } = require('yaml');\n" +
          "const text = readFileSync(__dirname + '/config/app.yaml', 'utf-8');\n" +
          "probe({ all: parse(text), js: parseDocument(text).toJS().session, inline: parse('a: [1, {b: c}]') });",
      },
    },
    {
      name: 'smol-toml, json5, ini',
      files: {
        'a.toml': tomlText,
        'b.json5':
          "// c\n{ secure: false, age: +1, 'list': [1, .5, -2,], text: 'a\\\nb', nested: { on: true } }",
        'c.ini': 'top = 1\n[session]\nsecret = keyboard cat\nsecure = false\n[session.cookie]\nname = sid\n',
        'd.json': '{ "a": { "b": [1, "x", null] }, "__proto__": { "c": 1 } }',
        'app.js':
          "const fs = require('fs');\nconst read = (name) => fs.readFileSync(require('path').resolve(name), 'utf8');\n" +
          "const d = JSON.parse(fs.readFileSync('d.json'));\n" +
          "probe({ toml: require('smol-toml').parse(read('a.toml')), json5: require('json5').parse(read('b.json5')), ini: require('ini').parse(read('c.ini')), json: d.a, required: require('./d.json').a });",
      },
    },
    {
      name: 'directories',
      files: {
        'settings/b.js': 'exports.b = 2;',
        'settings/a.json': '{ "a": 1 }',
        'settings/deep/c.js': 'module.exports = { c: 3 };',
        'app.js':
          "const fs = require('fs'); const path = require('path');\nconst all = {};\n" +
          "fs.readdirSync(path.join(__dirname, 'settings')).forEach((file) => { if (fs.statSync(path.join(__dirname, 'settings', file)).isDirectory()) return; Object.assign(all, require(path.join(__dirname, 'settings', file))); });\n" +
          "const names = fs.readdirSync('./settings', { withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => entry.name);\n" +
          "probe({ all, names, exists: fs.existsSync('./settings/b.js') });",
      },
    },
  ]));

const configFiles = {
  'config/default.json':
    '{ "session": { "secret": "from default", "cookie": { "secure": false, "path": "/" }, "list": [1, 2] }, "empty": {}, "deep": { "a": { "b": 1 } } }',
  'config/production.yaml': 'session:\n  cookie:\n    secure: true\n  list: [3]\ndeep:\n  a: {}\n',
  'config/custom-environment-variables.json':
    '{ "session": { "secret": "SESSION_SECRET", "ttl": { "__name": "SESSION_TTL", "__format": "json" } }, "only": { "here": "ONLY_HERE" } }',
  'config/development.json': '{ "session": { "cookie": { "secure": "development" } } }',
};

it('the package config', () =>
  compareSettings([
    {
      name: 'layers',
      files: {
        ...configFiles,
        'config/local.json': '{ "local": { "there": true } }',
        'config/default.js':
          'module.exports = { fromJs: 1, session: { list: [9, 9, 9], js: process.env.NODE_ENV } };',
        'config/local-production.json5': '{ local: { production: 1 } }',
        'app.js':
          "const config = require('config');\n" +
          "probe({ cookie: config.get('session.cookie'), secure: config.session.cookie.secure, sub: config.get('session').get('cookie.secure'), list: config.get('session.list'), js: config.get('session.js'), fromJs: config.fromJs, local: config.get('local'), deep: config.get('deep'), has: [config.has('session.cookie'), config.has('session.nothing'), config.has('nothing.at.all')], object: config.util.toObject().local });",
      },
    },
    {
      name: 'variables',
      files: {
        ...configFiles,
        'app.js':
          "const config = require('config');\nprobe({ secret: config.get('session.secret'), ttl: config.session.ttl, only: config.has('only.here') ? config.get('only.here') : 'none' });",
      },
      environments: [{}, { SESSION_SECRET: 's', SESSION_TTL: '60', ONLY_HERE: 'x' }],
    },
    {
      name: 'another directory',
      files: {
        'server/settings/default.json': '{ "a": 1, "b": 2 }',
        'server/settings/production.json': '{ "b": 3 }',
        'app.js':
          "process.env.NODE_CONFIG_DIR = require('path').join(__dirname, 'server', 'settings');\nconst config = require('config');\nprobe({ a: config.get('a'), b: config.get('b') });",
      },
    },
    {
      name: 'deferred values and module defaults',
      files: {
        'config/default.js':
          "const { deferConfig } = require('config/defer');\nmodule.exports = { host: 'a', url: deferConfig(function () { return 'https://' + this.host; }), mod: { x: 1 } };",
        'config/production.js': "module.exports = { host: 'b' };",
        'app.js':
          "const config = require('config');\nconst mod = config.util.setModuleDefaults('mod', { x: 0, y: 2 });\nprobe({ url: config.get('url'), mod, y: config.get('mod.y') });",
      },
    },
  ]));
