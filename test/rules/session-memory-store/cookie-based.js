const clientSessions = require('client-sessions');
const { ironSession } = require('iron-session/express');
// expect-none: session-memory-store
exports.a = clientSessions({ cookieName: 'shop', secret: process.env.SECRET });
// expect-none: session-memory-store
exports.b = ironSession({ cookieName: 'shop', password: process.env.SECRET });
