import { Router } from 'express';
import config from '../config/index.js';
import { emailField, textField } from '../lib/form-fields.js';
import { nextPage } from '../lib/next-page.js';
import { signIn, signOut } from '../lib/session-login.js';

const SHORTEST_PASSWORD = 12;

export function accountRoutes({ customers, limits }) {
  const router = Router();

  router.get('/login', (req, res) => {
    res.render('login', { title: 'Sign in', next: textField(req.query, 'next', 20), problem: '' });
  });

  router.post('/login', limits, async (req, res) => {
    const next = textField(req.body, 'next', 20);
    const customerId = await customers.authenticate({ email: emailField(req.body), password: textField(req.body, 'password') });
    if (customerId === null) {
      res.status(401).render('login', { title: 'Sign in', next, problem: 'That address and password do not belong together.' });
      return;
    }
    await signIn(req, customerId);
    res.redirect(nextPage(next));
  });

  router.get('/register', (req, res) => {
    res.render('register', { title: 'Open an account', problem: '' });
  });

  router.post('/register', limits, async (req, res) => {
    const account = { email: emailField(req.body), name: textField(req.body, 'name'), password: textField(req.body, 'password') };
    const complete = account.email && account.name && account.password.length >= SHORTEST_PASSWORD;
    const customerId = complete ? await customers.add(account) : null;
    if (customerId === null) {
      res.status(422).render('register', {
        title: 'Open an account',
        problem: `Please give a name, an address that has no account yet, and a password of at least ${SHORTEST_PASSWORD} characters.`,
      });
      return;
    }
    await signIn(req, customerId);
    res.redirect('/');
  });

  router.post('/logout', async (req, res) => {
    await signOut(req);
    res.clearCookie(config.session.name, config.session.cookie);
    res.redirect('/');
  });

  return router;
}
