const createApp = require('./create-app');
const production = process.env.NODE_ENV === 'production';
createApp({ production, port: process.env.PORT || 3000 }).listen(3000);
