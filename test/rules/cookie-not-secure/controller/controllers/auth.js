const service = require('../services/auth');
const { cookieOptions } = require('../config');
exports.login = async (req, res, next) => {
  try {
    const { accessToken, refreshToken } = await service.login(req.body);
    // expect: cookie-not-secure
    res.cookie('accessToken', accessToken, cookieOptions.access);
    // expect-none: cookie-not-secure
    res.cookie('refreshToken', refreshToken, cookieOptions.refresh);
    res.json({});
  } catch (error) {
    next(error);
  }
};
exports.refresh = function (req, res) {
  // expect-none: cookie-not-secure
  res.cookie('accessToken', service.renew(req.cookies.refreshToken), { ...cookieOptions.refresh, maxAge: 60000 });
  res.end();
};
