/** Holds the summaries of packages that load directories, and that read properties by paths, to what really started programs have. */
import { it } from 'node:test';
import { compareSettings } from './started-settings.ts';

const files = {
  'parts/b.js': 'module.exports = { b: 2 };',
  'parts/a.json': '{ "a": 1 }',
  'parts/_hidden.js': 'exports.hidden = true;',
  'parts/deep/c.js': 'module.exports = { c: 3 };',
};

it('directories', () =>
  compareSettings([
    {
      name: 'require-dir',
      files: {
        ...files,
        'parts/index.js': "module.exports = require('require-dir')();",
        'app.js':
          "const requireDir = require('require-dir');\nprobe({ flat: requireDir('./parts').b, deep: requireDir('parts', { recurse: true }).deep, filtered: Object.keys(requireDir('./parts', { filter: (path) => path.endsWith('b.js') })), index: require('./parts').a });",
      },
    },
    {
      name: 'require-all',
      files: {
        ...files,
        'config/session.js': "module.exports.session = { secret: 'x' };",
        'config/env/production.js': 'module.exports = { session: { cookie: { secure: true } } };',
        'app.js':
          "const requireAll = require('require-all');\nconst parts = requireAll(__dirname + '/parts');\nconst some = requireAll({ dirname: __dirname + '/parts', filter: /(.+)\\.js$/, recursive: false, resolve: (one) => Object.keys(one) });\nconst config = requireAll(__dirname + '/config');\nprobe({ parts, some, config: Object.assign({}, ...Object.values(config).filter((one) => one.session)), env: config.env[process.env.NODE_ENV] });",
      },
    },
  ]));

it('paths', () =>
  compareSettings([
    {
      name: 'lodash, get-value, object-path',
      environments: [{}, { SECRET: 's' }],
      files: {
        'app.js': `
const config = { a: { b: { c: false } }, list: [{ x: 1 }], secret: process.env.SECRET };
const _ = require('lodash'); const getValue = require('get-value').default || require('get-value'); const objectPath = require('object-path');
probe({
  lodash: [_.get(config, 'a.b.c', true), _.get(config, ['a', 'x'], 5), _.get(config, 'list[0].x'), _.has(config, 'a.b'), _.get(config, 'secret', 'none')],
  path: [objectPath.get(config, 'a.b.c'), objectPath.get(config, 'a.q.c', 'fallback'), objectPath.get(config, 'list.0.x'), objectPath.has(config, 'a.b')],
  value: [getValue(config, 'a.b.c'), getValue(config, 'a.q', { default: 9 })],
});`,
      },
    },
  ]));
