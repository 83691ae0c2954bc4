const clientSessions = require('client-sessions');
const { auth } = require('express-openid-connect');
// expect: session-default-name
exports.a = clientSessions({ secret: process.env.SECRET });
// expect-none: session-default-name
exports.b = clientSessions({ cookieName: 'shop', secret: process.env.SECRET });
// expect-none: session-default-name
exports.c = auth({ secret: process.env.SECRET });
