const express = require('express');
require('./models');
express().listen(3000);
