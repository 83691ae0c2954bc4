module.exports = {
  session: {
    cookie: {
      // expect-none: session-cookie-not-secure
      secure: true,
    },
  },
  http: { trustProxy: true },
};
