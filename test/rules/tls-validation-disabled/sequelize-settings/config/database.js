module.exports = {
  development: { dialect: 'postgres' },
  production: {
    dialect: 'postgres',
    // expect: tls-validation-disabled
    dialectOptions: { ssl: { require: true, rejectUnauthorized: false } },
  },
};
