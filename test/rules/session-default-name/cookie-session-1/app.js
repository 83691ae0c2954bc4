const express = require('express');
const cookieSession = require('cookie-session');
const app = express();
// expect: session-default-name
app.use(cookieSession({ keys: [process.env.KEY], name: 'express:sess' }));
// It was `express:sess` then.
// expect-none: session-default-name
app.use(cookieSession({ keys: [process.env.KEY], name: 'session' }));
// expect-none: session-default-name
app.use(cookieSession({ keys: [process.env.KEY], key: 'shop' }));
// expect: session-default-name
app.use(cookieSession({ keys: [process.env.KEY] }));
app.listen(3000);
