const fs = require('fs');
const express = require('express');
const session = require('express-session');
const minify = require('jsonminify');

const settings = { secure: false, name: 'sid' };
const read = (name) => {
  let text = '';
  try {
    text = fs.readFileSync(name).toString();
  } catch (error) {
    return null;
  }
  return JSON.parse(minify(text).replace(',}', '}'));
};
const given = read('settings.json');
for (const key of Object.keys(given || {})) if (settings[key] !== undefined) settings[key] = given[key];

const others = { secure: false };
Object.entries(JSON.parse(fs.readFileSync('/etc/shop.json', 'utf8'))).forEach(([key, value]) => {
  others[key] = value;
});

// expect: session-cookie-not-secure
const fixed = { secure: false };
const cache = { secure: true };
const app = express();
// expect-undecided: session-cookie-not-secure
app.use(session({ secret: process.env.SECRET, cookie: { secure: settings.secure } }));
// expect-undecided: session-cookie-not-secure
app.use('/others', session({ secret: process.env.SECRET, cookie: { secure: others.secure } }));
app.use('/fixed', session({ secret: process.env.SECRET, cookie: fixed }));
// expect-none: session-cookie-not-secure
app.use('/cached', session({ secret: process.env.SECRET, cookie: { secure: cache.secure } }));
app.get('/:name', (req, res) => {
  cache[req.params.name] = req.query.value;
  res.end();
});
app.listen(3000);
