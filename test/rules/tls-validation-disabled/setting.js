const nodemailer = require('nodemailer');
exports.createTransport = (config) => {
  const options = { host: config.host };
  if (config.allowSelfSigned) {
    options.tls = {
      // expect-undecided: tls-validation-disabled
      rejectUnauthorized: false,
    };
  }
  return nodemailer.createTransport(options);
};
