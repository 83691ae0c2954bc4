const create = require('../app');
const session = require('express-session');
create('a secret for tests');
// expect-none: session-secret-hardcoded
create(process.env.X).use(session({ secret: 'a secret for tests' }));
