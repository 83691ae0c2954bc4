// expect: session-cookie-not-secure
module.exports.session = {
  secret: process.env.SESSION_SECRET,
};
