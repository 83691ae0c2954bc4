module.exports = {
  helmet: {
    // expect: helmet-protection-disabled
    referrerPolicy: false,
  },
};
