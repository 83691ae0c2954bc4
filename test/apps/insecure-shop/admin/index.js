const path = require('path');
const express = require('express');
const helmet = require('helmet');
const bodyParser = require('body-parser');
const cookieSession = require('cookie-session');
const bcrypt = require('bcryptjs');
const _ = require('lodash');
const config = require('../config');
const staff = require('../data/staff.json');

const admin = express();

admin.set('views', path.join(__dirname, 'views'));
admin.set('view engine', 'ejs');
admin.use(bodyParser.urlencoded({ extended: false }));

admin.use(cookieSession({
  name: 'session',
  keys: config.adminKeys,
  domain: config.env === 'production' ? 'thornfield.example' : undefined,
  expires: new Date(Date.now() + 8 * 60 * 60 * 1000)
}));

admin.get('/login', (req, res) => {
  res.render('login', { title: 'Staff' });
});

admin.post('/login', (req, res) => {
  const member = _.find(staff, { login: req.body.login });
  if (!member || !bcrypt.compareSync(req.body.password || '', member.password)) return res.redirect('/admin/login');
  req.session.staff = member;
  res.redirect('/admin');
});

admin.use(helmet({
  hsts: false,
  frameguard: false,
  contentSecurityPolicy: {
    directives: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'", "'unsafe-inline'", "'unsafe-eval'"],
      styleSrc: ["'self'", "'unsafe-inline'"]
    }
  }
}));

admin.use((req, res, next) => {
  if (req.session.staff) return next();
  res.redirect('/admin/login');
});

admin.use('/', require('./catalogue'));

module.exports = admin;
