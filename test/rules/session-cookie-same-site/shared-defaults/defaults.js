exports.cookie = { httpOnly: true, sameSite: 'strict' };
