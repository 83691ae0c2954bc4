const regenerate = (req) =>
  new Promise((resolve, reject) => {
    req.session.regenerate((error) => (error ? reject(error) : resolve()));
  });

const save = (req) =>
  new Promise((resolve, reject) => {
    req.session.save((error) => (error ? reject(error) : resolve()));
  });

/** Signs a customer in under a new session id, so that an id known before the login is worth nothing after it. */
export async function signIn(req, customerId) {
  const { basket } = req.session;
  await regenerate(req);
  req.session.customerId = customerId;
  req.session.basket = basket;
  await save(req);
}

/** Ends the session here and in the store. */
export function signOut(req) {
  return new Promise((resolve, reject) => {
    req.session.destroy((error) => (error ? reject(error) : resolve()));
  });
}
