import express from 'express';
import session from 'express-session';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
const manager = new SecretsManager({ region: 'eu-central-1' });
const { SecretString } = await manager.getSecretValue({ SecretId: 'session-secret' });
const app = express();
// expect-none: session-secret-hardcoded
app.use(session({ secret: SecretString }));
app.listen(3000);
