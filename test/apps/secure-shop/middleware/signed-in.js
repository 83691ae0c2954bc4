/** Lets signed-in customers through; sends all others to the login page and from there to the page named by `next`. */
export function signedIn({ next: page }) {
  return (req, res, next) => {
    if (req.session.customerId) {
      next();
      return;
    }
    res.redirect(`/account/login?next=${page}`);
  };
}
