exports.attributes = { secure: true, httpOnly: true, sameSite: 'lax', maxAge: 3600000 };
