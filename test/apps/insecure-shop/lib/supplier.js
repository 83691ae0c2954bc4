const https = require('https');
const axios = require('axios');
const config = require('../config');

// their certificate is issued by their own authority
const agent = new https.Agent({ keepAlive: true, rejectUnauthorized: false });

exports.stock = function (slug) {
  return axios
    .get(config.supplier + '/stock/' + encodeURIComponent(slug), { httpsAgent: agent, timeout: 5000 })
    .then((response) => response.data);
};
