const mysql = require('mysql');
const config = require('../config');

module.exports = mysql.createPool(Object.assign({ connectionLimit: 10, password: process.env.MYSQL_PASSWORD }, config.mysql));
