module.exports = {
  apps: [
    {
      script: 'app.js',
      // expect: tls-validation-disabled
      env_production: { NODE_TLS_REJECT_UNAUTHORIZED: 0 },
    },
  ],
};
