const express = require('express');
// A helper that another package calls.
exports.setAuthCookie = function setAuthCookie(res, token) {
  // expect: cookie-not-http-only
  res.cookie('auth_token', token, { secure: true });
};
exports.app = express();
