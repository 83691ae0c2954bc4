const express = require('express');
const cookieSession = require('cookie-session');
const app = express();
// expect-none: session-cookie-same-site
app.use(cookieSession({ keys: [process.env.KEY], sameSite: 'strict' }));
app.listen(3000);
