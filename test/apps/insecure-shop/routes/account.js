const crypto = require('crypto');
const express = require('express');
const csrf = require('csurf');
const customers = require('../lib/customers');
const mailer = require('../lib/mailer');
const remember = require('../lib/remember');

const router = express.Router();
const protect = csrf();
const resets = new Map();

router.get('/login', (req, res) => {
  res.render('login', { title: 'Sign in', returnTo: req.query.returnTo || '/', problem: '' });
});

router.post('/login', (req, res, next) => {
  customers.authenticate(req.body.email, req.body.password, (err, customer) => {
    if (err) return next(err);
    if (!customer) {
      return res.status(401).render('login', {
        title: 'Sign in',
        returnTo: req.body.returnTo,
        problem: 'That address and password do not belong together.'
      });
    }
    req.session.customer = customer;
    if (req.body.remember) remember.remember(res, customer);
    res.redirect(req.body.returnTo || '/');
  });
});

router.get('/logout', (req, res) => {
  req.session.customer = null;
  remember.forget(res);
  res.redirect('/');
});

router.get('/forgotten', (req, res) => {
  res.render('forgotten', { title: 'Forgotten password', sent: false });
});

router.post('/forgotten', (req, res, next) => {
  const customer = customers.byEmail(req.body.email);
  if (!customer) return res.render('forgotten', { title: 'Forgotten password', sent: true });
  const token = crypto.randomBytes(24).toString('hex');
  resets.set(token, customer.id);
  const link = 'https://' + req.headers.host + '/account/reset/' + token;
  mailer.send(customer.email, 'Your password at Thornfield', 'Set a new one here: ' + link, (err) => {
    if (err) return next(err);
    res.render('forgotten', { title: 'Forgotten password', sent: true });
  });
});

router.get('/reset/:token', (req, res, next) => {
  if (!resets.has(req.params.token)) return next();
  res.render('reset', { title: 'New password', token: req.params.token });
});

router.post('/reset/:token', (req, res, next) => {
  const id = resets.get(req.params.token);
  if (!id) return next();
  customers.setPassword(id, req.body.password, (err) => {
    if (err) return next(err);
    resets.delete(req.params.token);
    res.redirect('/account/login');
  });
});

router.get('/password', protect, (req, res) => {
  if (!req.session.customer) return res.redirect('/account/login?returnTo=/account/password');
  res.render('password', { title: 'Change your password', csrfToken: req.csrfToken() });
});

router.post('/password', protect, (req, res, next) => {
  if (!req.session.customer) return res.redirect('/account/login');
  customers.setPassword(req.session.customer.id, req.body.password, (err) => {
    if (err) return next(err);
    res.redirect('/');
  });
});

module.exports = router;
