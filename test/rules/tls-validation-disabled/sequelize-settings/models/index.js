const { Sequelize } = require('sequelize');
const config = require('../config/database')[process.env.NODE_ENV || 'development'];
module.exports = new Sequelize(process.env.DATABASE_URL, config);
