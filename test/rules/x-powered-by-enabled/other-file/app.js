const { app } = require('./server');
app.disable('x-powered-by');
app.listen(3000);
