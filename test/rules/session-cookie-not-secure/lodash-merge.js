const _ = require('lodash');
const session = require('express-session');
const defaults = { cookie: { secure: false, maxAge: 1000 } };
const production = { cookie: { secure: true } };
const options = _.merge({}, defaults, process.env.NODE_ENV === 'production' ? production : {}, { secret: process.env.SECRET });
// expect-none: session-cookie-not-secure
module.exports = session(options);
