const express = require('express');
const cookieSession = require('cookie-session');
const app = express();
// It then sets no Secure: another rule's matter.
// expect-none: session-trust-proxy-missing
app.use(cookieSession({ keys: [process.env.KEY] }));
app.listen(3000);
