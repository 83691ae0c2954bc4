export default {
  cookie: {
    httpOnly: true,
    secure: true,
  },
};
