const helmet = require('helmet');
module.exports = async (app) => {
  for (const middleware of [helmet()]) app.use(middleware);
};
