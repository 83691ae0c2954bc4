const isProduction = process.env.NODE_ENV === 'production';
exports.cookieOptions = {
  access: { httpOnly: true, sameSite: 'lax' },
  refresh: { httpOnly: true, sameSite: 'lax', secure: isProduction },
};
