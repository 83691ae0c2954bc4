const merge = require('lodash.merge');
const session = require('express-session');
const overridden = { session: { secret: 'change me', name: 'shop' } };
const production = { session: { secret: process.env.SESSION_SECRET } };
// expect-none: session-secret-hardcoded
exports.a = session(merge({}, overridden, production).session);
const overrides = {
  session: {
    // expect: session-secret-hardcoded
    secret: 'change me',
  },
};
exports.b = session(merge({}, production, overrides).session);
