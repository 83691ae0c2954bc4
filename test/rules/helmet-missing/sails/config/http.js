module.exports.http = {
  middleware: {
    order: ['helmet', 'cookieParser', 'session', 'bodyParser', 'router', 'www'],
    helmet: require('helmet')(),
  },
};
