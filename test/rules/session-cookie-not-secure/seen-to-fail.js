const express = require('express');
const session = require('express-session');
const missing = [];
for (const name of ['SECRET', 'DATABASE_URL']) if (!(name in process.env)) missing.push(name);
const app = express();
const limits = { sockets: 0 };
// A server that certainly fails while it starts is none: the rest is judged all the same.
if (limits.sockets === 0) throw new Error('no sockets');
// expect: session-cookie-not-secure
app.use(session({ secret: process.env.SECRET, cookie: { secure: false } }));
app.listen(3000);
