const merge = require('./merge');

const defaults = { server: { web: { session: { cookie: { secure: true, path: '/' } } } } };
const environments = {
  production: {
    server: {
      web: {
        session: {
          cookie: {
            // expect: session-cookie-not-secure
            secure: false,
          },
        },
      },
    },
  },
};
module.exports = merge({}, defaults, environments[process.env.NODE_ENV]);
