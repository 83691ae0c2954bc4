const path = require('path');
const glob = require('glob');
const _ = require('lodash');

const files = glob.sync('./config/env/' + process.env.NODE_ENV + '.js');
if (!files.length) {
  console.error('No configuration file found for', process.env.NODE_ENV);
  process.env.NODE_ENV = 'development';
}
const defaults = require(path.join(process.cwd(), 'config/env/default'));
const own = require(path.join(process.cwd(), 'config/env/', process.env.NODE_ENV)) || {};
module.exports = _.merge(defaults, own);
