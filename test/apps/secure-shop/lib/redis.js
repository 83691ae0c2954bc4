import { createClient } from 'redis';

export async function connectRedis(url) {
  const client = createClient({ url });
  client.on('error', (error) => console.error('redis:', error.message));
  await client.connect();
  return client;
}
