/** Reports sessions that production keeps in the memory of one process. */
import { ask, isUnset, type Value } from '../app-model.ts';
import { defineRule } from '../rule-contract.ts';

export const rule = defineRule({
  id: 'session-memory-store',
  title: 'Sessions in memory',
  section: 'Sessions and cookies',
  severity: 'moderate',
  confidence: 'high',
  cwe: [400],
  why:
    'express-session keeps sessions in `MemoryStore` unless it is given a store, and warns about it itself when it starts in production: it leaks memory under most conditions, does not scale past one process, and every restart signs everybody out. ' +
    'A stream of visitors without cookies can fill the memory.',
  remedy: 'Give it a `store` made for production, such as connect-redis, connect-pg-simple or connect-mongo.',
  examples: {
    language: 'js',
    bad: 'app.use(session({ secret, cookie: { secure: true } }));',
    good: "import { RedisStore } from 'connect-redis';\napp.use(session({ secret, store: new RedisStore({ client }), cookie: { secure: true } }));",
  },
  limits:
    'Any store but MemoryStore is taken for a real one, also one of a package that is not known, or a class of your own. The packages `memorystore` and `session-memory-store` are not reported: they keep sessions in memory too, lose them at a restart and share them with no other process, but drop what has expired, and are offered for a single process. ' +
    'cookie-session and its like keep everything in the cookie and need none.',
  references: [
    'https://github.com/expressjs/session#compatible-session-stores',
    'https://expressjs.com/en/advanced/best-practice-security.html#use-cookies-securely',
  ],
  level: 'session',
  check: (session, judge) => {
    if (session.facts.store === null) return;
    const option = session.option(session.facts.store);
    const answer = ask(option.value, isMemory);
    if (answer.kind === 'unknown') {
      // What a store made elsewhere is cannot be told; that there is one can.
      if (answer.reason.kind === 'environment')
        judge.undecided({ location: option.location, reason: answer.reason.text });
      return;
    }
    if (answer.kind !== 'yes') return;
    judge.finding({
      location: option.location,
      related: option.related,
      subject: 'express-session memory store',
      message: isUnset(option.value)
        ? 'In production the sessions are kept in the memory of the process: session() is given no `store`.'
        : 'In production the sessions are kept in the memory of the process: `store` is a MemoryStore.',
    });
  },
});

function isMemory(value: Value): boolean | null {
  if (value.kind === 'known' && !value.value) return true;
  if (value.kind === 'instance')
    return (
      // `session.MemoryStore`, or the file itself: `express-session/session/memory`, `connect/lib/middleware/session/memory`.
      /(?:^|\.)(?:MemoryStore|session\.memory)$/.test(value.export) &&
      (value.package === 'express-session' || value.package === 'express' || value.package === 'connect')
    );
  return value.kind === 'absent';
}
