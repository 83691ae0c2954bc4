import { createApp } from './app.js';
import config from './config/index.js';
import { openDatabase } from './lib/database.js';
import { connectRedis } from './lib/redis.js';

const redis = await connectRedis(config.redisUrl);
const database = openDatabase(config.databaseFile);
const app = createApp({ redis, database });

const server = app.listen(config.port, config.host, (error) => {
  if (error) throw error;
  console.log(`shop listening on port ${server.address().port}`);
});

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    server.close(() => {
      database.close();
      redis.destroy();
    });
    server.closeIdleConnections();
  });
}
