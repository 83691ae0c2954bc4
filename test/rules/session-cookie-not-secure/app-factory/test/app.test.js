const createApp = require('../create-app');
const session = require('express-session');
// expect-none: session-cookie-not-secure
const stub = session({ secret: 'test', cookie: { secure: false } });
createApp({ production: false }).use(stub);
