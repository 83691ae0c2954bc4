const env = process.env.NODE_ENV || 'development';
module.exports = Object.assign({ port: 3000 }, require('./default.json'), require(`./${env}`));
