export default {
  cookie: {
    // expect: session-cookie-broad-domain
    domain: 'Example.COM',
    secure: false,
  },
};
