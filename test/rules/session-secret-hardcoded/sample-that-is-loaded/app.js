const express = require('express');
const session = require('express-session');

process.loadEnvFile('.env.example');
const app = express();
app.use(session({ secret: process.env.SESSION_SECRET, resave: false, saveUninitialized: false }));
app.listen(3000);
