const express = require('express');
const sessions = require('@shop/sessions');
const app = express();
app.use(sessions({ secret: process.env.SECRET, secure: false }));
app.listen(3000);
