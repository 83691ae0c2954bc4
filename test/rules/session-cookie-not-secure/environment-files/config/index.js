const env = process.env.NODE_ENV || 'development';
const all = require('./all');
module.exports = Object.assign({}, all, require('./' + env + '.js'));
