module.exports = {
  session: {
    cookie: {
      secure: true,
    },
  },
  http: { trustProxy: true },
};
