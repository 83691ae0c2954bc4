const express = require('express');
const jwt = require('jsonwebtoken');
const app = express();

const bcrypt = require('bcrypt');
const User = require('mongoose').model('User');
app.post('/login', (req, res, next) => {
  User.findOne({ email: req.body.email }, (err, user) => {
    if (err || !user) return next(err);
    bcrypt.compare(req.body.password, user.password, (failure, same) => {
      if (!same) return res.sendStatus(401);
      jwt.sign({ id: user.id }, process.env.KEY, (problem, value) => {
        // expect: cookie-not-secure
        res.cookie('a', value, { httpOnly: true });
        res.end();
      });
    });
  });
});
app.post('/promised', (req, res, next) => {
  User.findOne({ email: req.body.email })
    .then((user) => {
      // expect: cookie-not-secure
      res.cookie('b', user.generateAuthToken(), { httpOnly: true });
      res.end();
    })
    .catch(next);
});
app.listen(3000);
