const session = require('express-session');
for (const domain of ['localhost', '127.0.0.1', '192.168.0.10', 'intranet', 'shop.internal', '[::1]']) {
  // expect-none: session-cookie-broad-domain
  exports[domain] = session({ secret: process.env.SECRET, cookie: { domain } });
}
