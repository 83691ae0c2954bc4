import convict from 'convict';

const config = convict({
  env: { format: ['production', 'development'], default: 'development', env: 'NODE_ENV' },
  session: { cookie: { secure: { format: Boolean, default: false } } },
});
config.loadFile(`./config/${config.get('env')}.json`);
config.validate();
export default config.getProperties();
