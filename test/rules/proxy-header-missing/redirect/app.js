const express = require('express');
const app = express();
app.enable('trust proxy');
app.use((req, res, next) => (req.secure ? next() : res.redirect(`https://${req.hostname}${req.url}`)));
app.listen(3000);
