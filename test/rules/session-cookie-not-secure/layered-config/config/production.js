exports.cookie = { secure: true };
