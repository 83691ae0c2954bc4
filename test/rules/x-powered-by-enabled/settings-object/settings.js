exports.settings = { 'x-powered-by': false, 'trust proxy': 1 };
