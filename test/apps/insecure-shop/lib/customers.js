const _ = require('lodash');
const bcrypt = require('bcryptjs');
const customers = require('../data/customers.json');

const visible = (customer) => customer && _.pick(customer, ['id', 'name', 'email']);

exports.byId = (id) => visible(_.find(customers, { id }));

exports.byEmail = (email) => visible(_.find(customers, { email }));

exports.authenticate = function (email, password, callback) {
  const customer = _.find(customers, { email });
  if (!customer) return callback(null, null);
  bcrypt.compare(password || '', customer.password, (err, same) => {
    callback(err, same ? visible(customer) : null);
  });
};

exports.setPassword = function (id, password, callback) {
  bcrypt.hash(password, 10, (err, hash) => {
    if (err) return callback(err);
    _.find(customers, { id }).password = hash;
    callback();
  });
};
