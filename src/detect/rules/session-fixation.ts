/** Reports a login that keeps the session's id: whoever knew it before is then signed in too. */
import { sessionMiddleware } from '../app-model.ts';
import { defineRule } from '../rule-contract.ts';

export const rule = defineRule({
  id: 'session-fixation',
  title: 'Login without a new session id',
  section: 'Sessions and cookies',
  severity: 'moderate',
  confidence: 'medium',
  cwe: [384],
  why:
    'A session id that was there before the login is the same after it, unless `req.session.regenerate()` gives a new one. ' +
    'Whoever brought the victim a session id of their own (by a page on a sibling domain, or an unencrypted request) then shares the session that the victim signs in to. ' +
    'Passport gives a new id at login since 0.6.0; versions before it do not.',
  remedy:
    'Call `req.session.regenerate()` and set the user in its callback; with passport, upgrade it to 0.6 or later.',
  examples: {
    language: 'js',
    bad: "app.post('/login', async (req, res) => {\n  const user = await authenticate(req.body);\n  req.session.userId = user.id;\n  res.redirect('/');\n});",
    good: "app.post('/login', async (req, res, next) => {\n  const user = await authenticate(req.body);\n  req.session.regenerate((err) => {\n    if (err) return next(err);\n    req.session.userId = user.id;\n    res.redirect('/');\n  });\n});",
  },
  limits:
    'Judged is what says who is signed in (`user`, `userId`, `isAuthenticated` …), where a handler, its route or its file is about signing in. ' +
    'cookie-session has no id on the server, so it is not reported there. A handler that knows the user already, and keeps what has changed of it, is not a login.',
  references: [
    'https://github.com/expressjs/session#user-login',
    'https://owasp.org/www-community/attacks/Session_fixation',
    'https://github.com/jaredhanson/passport/blob/master/CHANGELOG.md#060---2022-05-20',
  ],
  level: 'program',
  check: (program, judge) => {
    if (sessionMiddleware(program) !== 'express-session') return;
    for (const write of program.sessionWrites) {
      if (!write.signsIn || write.regenerated) continue;
      judge.finding({
        location: write.location,
        subject: `session ${write.key}`,
        message: `The login sets \`req.session.${write.key}\` and keeps the session's id: nothing calls \`req.session.regenerate()\` before it.`,
      });
    }
    const [login, ...others] = program.logins.filter(({ regenerates }) => regenerates === false);
    if (login === undefined) return;
    judge.finding({
      location: login.location,
      subject: 'passport keeps the session id',
      confidence: 'high',
      message: `${login.by} signs in and keeps the session's id: passport ${login.version} gives no new one, as 0.6.0 and later do.`,
      help: 'Upgrade passport to 0.6.0 or later (its `req.logout()` then takes a callback).',
      related: others.slice(0, 5).map(({ by, location: { file, line, column } }) => ({
        file,
        line,
        column,
        message: `${by} signs in here, too`,
      })),
    });
  },
});
