const jwt = require('jsonwebtoken');
exports.login = async (body) => ({
  accessToken: jwt.sign({ id: body.id }, process.env.KEY),
  refreshToken: jwt.sign({ id: body.id }, process.env.KEY),
});
exports.renew = (token) => jwt.sign(jwt.verify(token, process.env.KEY), process.env.KEY);
