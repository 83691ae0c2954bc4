const path = require('path');
const express = require('express');
const morgan = require('morgan');
const bodyParser = require('body-parser');
const cookieParser = require('cookie-parser');
const config = require('./config');
const session = require('./lib/session');
const remember = require('./lib/remember');

const app = express();

app.set('trust proxy', true);
app.set('views', path.join(config.root, 'views'));
app.set('view engine', 'ejs');

app.use(morgan('combined'));
app.use(express.static(path.join(config.root, 'public')));
// certbot writes its challenges to .well-known in the application folder
app.use(express.static(config.root, { dotfiles: 'allow', index: false }));

app.use('/admin', require('./admin'));

app.use(bodyParser.urlencoded({ extended: true }));
app.use(bodyParser.json({ limit: '50mb' }));
app.use(cookieParser());
app.use(session);
app.use(remember.middleware);

app.use((req, res, next) => {
  res.locals.customer = req.session.customer;
  res.locals.basket = req.session.basket || [];
  next();
});

app.use('/', require('./routes/shop'));
app.use('/basket', require('./routes/basket'));
app.use('/account', require('./routes/account'));
app.use('/orders', require('./routes/orders'));
app.use('/api', require('./routes/api'));

app.use((req, res) => {
  res.status(404).render('error', { title: 'Not found', message: 'There is nothing at this address.', detail: '' });
});

app.use((err, req, res, next) => {
  res.status(err.status || 500);
  res.render('error', { title: 'Something went wrong', message: err.message, detail: err.stack });
});

module.exports = app;
