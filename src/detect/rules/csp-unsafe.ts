/** Reports a Content-Security-Policy that lets scripts run from where an attacker can put them. */
import { outermost, stepsOf } from '../headers/passage.ts';
import { weaknesses } from '../headers/script-policy.ts';
import { happens, isReplaced, maxPerApp } from '../headers/set-headers.ts';
import { defineRule } from '../rule-contract.ts';

export const rule = defineRule({
  id: 'csp-unsafe',
  title: 'Content-Security-Policy lets unsafe scripts in',
  section: 'Headers and fingerprints',
  severity: 'moderate',
  confidence: 'high',
  cwe: [693, 79],
  why: "A Content-Security-Policy stops cross-site scripting by naming what scripts a page may run. With `'unsafe-inline'` it runs any script that gets into the markup, with `data:` or `*` any that an attacker can point to, with `'unsafe-eval'` any text that reaches `eval`: the policy is there and protects little.",
  remedy:
    'Allow scripts by origin, by hash, or by a nonce that a function in `scriptSrc` makes for each response.',
  examples: {
    language: 'js',
    bad: 'app.use(helmet({ contentSecurityPolicy: { directives: { scriptSrc: ["\'self\'", "\'unsafe-inline\'"] } } }));',
    good: "app.use(helmet({ contentSecurityPolicy: { directives: { scriptSrc: [\"'self'\", 'https://cdn.example.com'] } } }));",
  },
  limits:
    "Judged as browsers read it: default-src only where no script-src stands (helmet adds one by itself since version 5), `'unsafe-inline'` not beside a nonce, a hash or `'strict-dynamic'`, `*` and `data:` not beside `'strict-dynamic'`. " +
    'A policy that is only reported, or that a later one replaces, is not judged. Settings from the environment are taken for hosts.',
  references: [
    'https://helmetjs.github.io/#content-security-policy',
    'https://www.w3.org/TR/CSP3/#directive-script-src',
    'https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Content-Security-Policy/script-src',
  ],
  level: 'program',
  check: (program, judge) => {
    for (const app of outermost(program.apps)) {
      let judged = 0;
      stepsOf(app).forEach((step, index) => {
        step.actions.forEach((action, at) => {
          for (const { directive, sources, option, reason } of weaknesses(action)) {
            if (judged++ >= maxPerApp || isReplaced(app, index, at, 'content-security-policy')) continue;
            const { location } = option;
            const doubt = [step.certainty, action.certainty].find((certainty) => !happens(certainty));
            const open = reason ?? (doubt?.kind === 'maybe' ? doubt.reason : null);
            if (open !== null) {
              judge.undecided({ location, reason: open.text });
              continue;
            }
            const list = sources.map((source) => `\`${source}\``).join(', ');
            judge.finding({
              location,
              related: option.related,
              subject: `csp ${directive} ${[...sources].sort().join(' ')}`,
              message: `In production the Content-Security-Policy allows ${list} in ${directive}${directive === 'default-src' ? ', which holds for scripts too' : ''}.`,
            });
          }
        });
      });
    }
  },
});
