const sessions = require('../middleware/sessions');
module.exports = (app) => app.use(sessions);
