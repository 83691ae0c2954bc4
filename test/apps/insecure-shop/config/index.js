const path = require('path');
const defaults = require('./default.json');

const env = process.env.NODE_ENV || 'development';
const overrides = env === 'production' ? require('./production.json') : {};

module.exports = Object.assign({}, defaults, overrides, {
  env,
  root: path.join(__dirname, '..'),
  port: process.env.PORT || defaults.port,
  sessionSecret: process.env.SESSION_SECRET || defaults.sessionSecret
});
