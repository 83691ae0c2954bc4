const express = require('express');
const helmet = require('helmet');
const production = process.env.NODE_ENV === 'production';
module.exports = [production && helmet(), express.json()].filter(Boolean);
