process.chdir(__dirname);
const sails = require('sails');
const rc = require('sails/accessible/rc');

// expect-none: helmet-missing
sails.lift(rc('sails'));
