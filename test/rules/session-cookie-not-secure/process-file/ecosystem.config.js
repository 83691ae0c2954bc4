const shared = { COOKIE_SECURE: true };
module.exports = {
  apps: [
    {
      name: 'shop',
      script: 'app.js',
      env: { NODE_ENV: 'development', ...shared },
      env_production: { NODE_ENV: 'production', COOKIE_SECURE: false },
    },
  ],
};
