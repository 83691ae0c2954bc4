/** Arbitrary session set-ups of express-session and cookie-session, right and wrong, and their text. */
import fc from 'fast-check';
import { dates, type Expression, expressions, literals } from './expression.ts';
import { changeable, type Member, type ObjectPlan, objects, writeObject } from './object-shape.ts';
import type { Scope } from './source-unit.ts';

export interface SessionPlan {
  readonly middleware: 'express-session' | 'cookie-session';
  readonly options: ObjectPlan<Extra>;
  readonly call: number;
}

/** What only a session's options hold. */
export type Extra =
  | { readonly kind: 'store'; readonly form: number }
  | { readonly kind: 'keys'; readonly form: number }
  /** Since express-session 1.19 a function may give the cookie's options for each request. */
  | { readonly kind: 'cookie-function'; readonly options: ObjectPlan<Extra>; readonly form: number };

type SessionMember = Member<Extra>;

function member(key: string, value: fc.Arbitrary<SessionMember['value']>): fc.Arbitrary<SessionMember> {
  return value.map((each) => ({ key, value: each }));
}

function expression(outside: boolean, leaves: fc.Arbitrary<Expression>): fc.Arbitrary<Expression> {
  return expressions(leaves, outside);
}

const longTime = literals(3_600_000, 60_000, 86_400_000);

/** A cookie's options, as either middleware takes them. */
function cookieMember(outside: boolean): fc.Arbitrary<SessionMember> {
  const of = (leaves: fc.Arbitrary<Expression>) => expression(outside, leaves);
  return fc.oneof(
    { arbitrary: member('secure', of(literals(true, true, false))), weight: 6 },
    { arbitrary: member('secure', literals('auto', 1, 0, '', null, undefined)), weight: 1 },
    { arbitrary: member('httpOnly', of(literals(true, false))), weight: 4 },
    { arbitrary: member('httpOnly', literals(null, undefined, 0, 1)), weight: 1 },
    { arbitrary: member('sameSite', of(literals('lax', 'strict', 'none'))), weight: 4 },
    { arbitrary: member('sameSite', literals(true, false, 'Lax', 'None', 'auto', undefined)), weight: 1 },
    { arbitrary: member('maxAge', of(longTime)), weight: 4 },
    { arbitrary: member('maxAge', literals(null, undefined, 0)), weight: 1 },
    { arbitrary: member('expires', dates), weight: 2 },
    { arbitrary: member('expires', literals(null, undefined)), weight: 1 },
    { arbitrary: member('path', of(literals('/', '/account'))), weight: 1 },
    { arbitrary: member('path', literals('account')), weight: 1 },
  );
}

function cookieMembers(outside: boolean): fc.Arbitrary<SessionMember[]> {
  return fc.array(cookieMember(outside), { maxLength: 6 });
}

function common(outside: boolean): fc.Arbitrary<SessionMember> {
  return member(
    'name',
    fc.oneof(
      expression(outside, literals('sid', 'shop.session')),
      literals('connect.sid', 'session', undefined, ''),
    ),
  );
}

function mixed(
  fixed: readonly SessionMember[],
  ...rest: fc.Arbitrary<SessionMember[]>[]
): fc.Arbitrary<SessionMember[]> {
  return fc.tuple(...rest).map((groups) => [...fixed, ...groups.flat()]);
}

const literalOf = (value: string | boolean): Expression => ({ kind: 'literal', value, form: 0 });

/** Where a function gives it, express-session hands `auto` on, and no cookie can be written. */
function isKnownToAll({ key, value }: SessionMember): boolean {
  return !(key === 'sameSite' && value.kind === 'literal' && value.value === 'auto');
}

function expressSession(outside: boolean): fc.Arbitrary<ObjectPlan<Extra>> {
  const fixed: SessionMember[] = [
    { key: 'secret', value: literalOf('not so secret') },
    { key: 'resave', value: literalOf(false) },
    { key: 'saveUninitialized', value: literalOf(false) },
  ];
  return objects(
    mixed(
      fixed,
      fc.array(common(outside), { maxLength: 1 }),
      fc.oneof(
        {
          arbitrary: fc.array(member('cookie', objects(cookieMembers(outside))), { maxLength: 2 }),
          weight: 12,
        },
        {
          arbitrary: fc
            .record({
              kind: fc.constant('cookie-function' as const),
              options: objects<Extra>(cookieMembers(outside).map((members) => members.filter(isKnownToAll))),
              form: fc.nat(3),
            })
            .map((value): SessionMember[] => [{ key: 'cookie', value }]),
          weight: 1,
        },
      ),
      fc.array(member('store', fc.record({ kind: fc.constant('store' as const), form: fc.nat(9) })), {
        maxLength: 1,
      }),
      fc.oneof(
        { arbitrary: fc.constant<SessionMember[]>([]), weight: 4 },
        { arbitrary: fc.array(cookieMember(outside), { maxLength: 2 }), weight: 1 },
        {
          arbitrary: fc.array(
            fc.oneof(
              member('key', literals('sid', 'connect.sid')),
              member('rolling', literals(true)),
              member('proxy', literals(true, undefined)),
            ),
            { maxLength: 2 },
          ),
          weight: 2,
        },
      ),
    ),
  );
}

function cookieSession(outside: boolean): fc.Arbitrary<ObjectPlan<Extra>> {
  return fc.nat(9).chain((form) =>
    objects(
      mixed(
        [{ key: 'keys', value: { kind: 'keys', form } }],
        fc.array(common(outside), { maxLength: 1 }),
        cookieMembers(outside),
        fc.oneof(
          { arbitrary: fc.constant<SessionMember[]>([]), weight: 4 },
          {
            arbitrary: fc.array(member('cookie', objects(cookieMembers(outside))), {
              minLength: 1,
              maxLength: 1,
            }),
            weight: 1,
          },
        ),
      ),
      true,
    ),
  );
}

export function sessionPlans(outside: boolean): fc.Arbitrary<SessionPlan> {
  const of = (middleware: SessionPlan['middleware'], options: fc.Arbitrary<ObjectPlan<Extra>>) =>
    fc.record({ middleware: fc.constant(middleware), options, call: fc.nat(9) });
  return fc.oneof(
    { arbitrary: of('express-session', expressSession(outside)), weight: 3 },
    { arbitrary: of('cookie-session', cookieSession(outside)), weight: 2 },
  );
}

function writeStore(form: number, scope: Scope): string {
  const session = scope.unit.imported('express-session', 'session');
  const own = (): string => {
    const name = scope.fresh('DatabaseStore');
    scope.add(
      `class ${name} extends ${session}.Store {`,
      `  rows = new Map();`,
      `  get(id${scope.unit.typed('string')}, done${scope.unit.typed('any')}) { done(null, this.rows.get(id)); }`,
      `  set(id${scope.unit.typed('string')}, data${scope.unit.typed('any')}, done${scope.unit.typed('any')}) { this.rows.set(id, data); done && done(null); }`,
      `  destroy(id${scope.unit.typed('string')}, done${scope.unit.typed('any')}) { this.rows.delete(id); done && done(null); }`,
      `}`,
    );
    return `new ${name}()`;
  };
  switch (form) {
    case 0:
      return `new ${session}.MemoryStore()`;
    case 1:
      return 'undefined';
    case 2:
      return `process.env.NODE_ENV === 'production' ? ${own()} : undefined`;
    case 3:
      return `process.env.NODE_ENV !== 'production' ? ${own()} : new ${session}.MemoryStore()`;
    case 4: {
      const name = scope.fresh('Store');
      scope.add(`const { MemoryStore: ${name} } = ${session};`);
      return `new ${name}()`;
    }
    case 5: {
      const name = scope.fresh('NamedStore');
      scope.add(`class ${name} extends ${session}.MemoryStore {}`);
      return `new ${name}()`;
    }
    default:
      return own();
  }
}

function writeExtra(extra: Extra, scope: Scope): string {
  if (extra.kind === 'store') return writeStore(extra.form, scope);
  if (extra.kind === 'cookie-function') {
    const body = scope.body((inner) => inner.add(`return ${writeObject(extra.options, inner, writeExtra)};`));
    return extra.form % 2 === 0
      ? `(req${scope.unit.typed('any')}) => ${body}`
      : `function (req${scope.unit.typed('any')}) ${body}`;
  }
  switch (extra.form % 3) {
    case 0:
      return `['one key', 'another']`;
    case 1:
      return scope.constant('keys', `['a key']`);
    default:
      return `'one,two'.split(',')`;
  }
}

/** The options in a variable, and the expression that makes the middleware of it. */
export function writeSessionOf(
  { middleware, options }: SessionPlan,
  scope: Scope,
): { name: string; text: string } {
  const base = middleware === 'express-session' ? 'session' : 'cookieSession';
  const call = scope.unit.imported(middleware, base);
  const name = scope.constant('sess', writeObject(changeable(options), scope, writeExtra), 'any');
  return { name, text: `${call}(${name})` };
}

/** The expression that makes the middleware. */
export function writeSession({ middleware, options, call }: SessionPlan, scope: Scope): string {
  const { unit } = scope;
  const of = (at: Scope): [string, string] => [
    at.unit.imported(middleware, middleware === 'express-session' ? 'session' : 'cookieSession'),
    writeObject(options, at, writeExtra),
  ];
  switch (call) {
    case 9: {
      const made = unit.program.unit(unit.program.fresh('middleware/session'));
      const [name, text] = of(made.top);
      made.exportDefault(`${name}(${text})`);
      return unit.imported(unit.specifierOf(made.path), 'sessions');
    }
    case 8: {
      const name = scope.fresh('createSession');
      const body = scope.body((inner) => {
        const [call, text] = of(inner);
        inner.add(`const middleware = ${call}(${text});`, 'return middleware;');
      });
      scope.add(`function ${name}() ${body}`);
      return `${name}()`;
    }
    case 7: {
      const name = scope.fresh('createSession');
      const [call, text] = of(scope);
      scope.add(`const ${name} = (options${unit.typed('any')}) => ${call}(options);`);
      return `${name}(${text})`;
    }
    case 6: {
      const [call, text] = of(scope);
      return scope.constant('sessions', `${call}(${text})`);
    }
    case 5: {
      const made = unit.program.unit(unit.program.fresh('middleware/make-session'));
      const body = made.top.body((inner) => {
        const [name, text] = of(inner);
        inner.add(`return ${name}(${text});`);
      });
      made.top.add(`function makeSession() ${body}`);
      made.exportDefault('makeSession');
      return `${unit.imported(unit.specifierOf(made.path), 'makeSession')}()`;
    }
    default: {
      const [name, text] = of(scope);
      return `${name}(${text})`;
    }
  }
}
