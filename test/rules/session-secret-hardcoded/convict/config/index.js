const convict = require('convict');

const config = convict({
  env: { format: ['production', 'development'], default: 'development', env: 'NODE_ENV' },
  session: {
    secret: { doc: 'signs the cookies', format: String, default: 'keyboard cat', env: 'SESSION_SECRET' },
    name: { format: String, default: 'sid' },
  },
});
config.validate({ allowed: 'strict' });
module.exports = config;
