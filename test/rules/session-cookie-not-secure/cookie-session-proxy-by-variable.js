const express = require('express');
const cookieSession = require('cookie-session');
const app = express();
if (process.env.BEHIND_PROXY) app.set('trust proxy', 1);
// expect-undecided: session-cookie-not-secure
app.use(cookieSession({ keys: [process.env.KEY] }));
app.listen(3000);
