const nodemailer = require('nodemailer');
const config = require('../config');

const transport = nodemailer.createTransport({
  host: config.smtp.host,
  port: config.smtp.port,
  tls: { rejectUnauthorized: false }
});

exports.send = function (to, subject, text, callback) {
  transport.sendMail({ from: config.mailFrom, to, subject, text }, callback);
};
