const _ = require('lodash');
const products = require('../data/products.json');

exports.all = () => _.sortBy(products, 'name');

exports.bySlug = (slug) => _.find(products, { slug });

exports.search = function (words) {
  const wanted = _.toLower(words);
  return exports.all().filter((p) => _.toLower(p.name + ' ' + p.description).includes(wanted));
};

exports.setPrice = function (slug, price) {
  const product = exports.bySlug(slug);
  if (product) product.price = Number(price);
};
