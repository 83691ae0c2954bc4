const session = require('cookie-session');
const expiryDate = new Date(Date.now() + 60 * 60 * 1000);
// expect: session-cookie-static-expiry
module.exports = session({ keys: [process.env.KEY], cookie: { expires: expiryDate } });
