const express = require('express');
// expect-none: session-option-misplaced
module.exports = express.static('public', { maxAge: 1000, path: 'x' });
