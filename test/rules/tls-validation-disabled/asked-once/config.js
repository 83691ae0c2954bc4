module.exports = {
  database: {
    host: process.env.DATABASE_HOST,
    // expect-undecided: tls-validation-disabled
    rejectUnauthorized: process.env.DATABASE_REJECT_UNAUTHORIZED === 'true',
  },
};
