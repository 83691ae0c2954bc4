/** Arbitrary Express applications: settings, middleware, routes, routers and sub-apps in any order, and how they are started. */
import fc from 'fast-check';
import { type Condition, conditions } from './condition.ts';
import { type Expression, expressions, literals } from './expression.ts';
import { type Member, type ObjectPlan, objects } from './object-shape.ts';
import { plainUses } from './registration.ts';
import { type SessionPlan, sessionPlans } from './session-plan.ts';
import type { Language } from './source-unit.ts';

export type Step =
  | { readonly kind: 'helmet'; readonly options: readonly HelmetOption[]; readonly use: number }
  | { readonly kind: 'helmet-parts'; readonly parts: readonly string[]; readonly use: number }
  | { readonly kind: 'session'; readonly session: SessionPlan; readonly use: number }
  /** Options in a variable that a condition changes, before or after they are used. */
  | {
      readonly kind: 'late-session';
      readonly session: SessionPlan;
      readonly change: Change;
      readonly condition: Condition;
      readonly isAfter: boolean;
      readonly trusts: boolean;
    }
  | { readonly kind: 'powered'; readonly value: Expression; readonly form: number }
  | { readonly kind: 'trust'; readonly form: number }
  | { readonly kind: 'remover'; readonly form: number; readonly use: number }
  | { readonly kind: 'headers'; readonly count: number; readonly use: number }
  | { readonly kind: 'parser'; readonly use: number }
  | {
      readonly kind: 'route';
      readonly path: string;
      readonly form: number;
      /** A cookie that it sets. */
      readonly cookie: CookiePlan | null;
    }
  | { readonly kind: 'when'; readonly condition: Condition; readonly steps: readonly Step[] }
  | { readonly kind: 'elsewhere'; readonly form: number; readonly steps: readonly Step[] }
  | {
      readonly kind: 'router';
      readonly prefix: string;
      readonly form: number;
      readonly steps: readonly Step[];
    }
  | {
      readonly kind: 'sub-app';
      readonly prefix: string;
      readonly form: number;
      readonly steps: readonly Step[];
    };

/** An option that is set later: of the cookie, or at the top. */
export interface Change {
  readonly key: 'secure' | 'httpOnly' | 'maxAge' | 'name';
  readonly inCookie: boolean;
  readonly value: Expression;
}

/** `res.cookie()` with these options. */
export interface CookiePlan {
  readonly options: ObjectPlan<never>;
  /** Where the options are made: in the handler, or once outside. */
  readonly form: number;
}

export interface HelmetOption {
  readonly name: string;
  readonly value: Expression;
}

export interface ProgramPlan {
  readonly express: 4 | 5;
  readonly language: Language;
  readonly steps: readonly Step[];
  /** How modules are imported. */
  readonly imports: number;
  readonly architecture: number;
  readonly start: number;
}

const use = fc.nat(2 * plainUses - 1);

function step<Kind extends Step['kind']>(
  kind: Kind,
  fields: {
    [Field in keyof Omit<Extract<Step, { kind: Kind }>, 'kind'>]: fc.Arbitrary<
      Extract<Step, { kind: Kind }>[Field]
    >;
  },
): fc.Arbitrary<Step> {
  return fc.record({ kind: fc.constant(kind), ...fields }) as unknown as fc.Arbitrary<Step>;
}

const helmetOptions: fc.Arbitrary<HelmetOption[]> = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom(
      'contentSecurityPolicy',
      'hsts',
      'frameguard',
      'hidePoweredBy',
      'xPoweredBy',
      'noSniff',
      'referrerPolicy',
    ),
    value: expressions(literals(true, false), false, 1),
  }),
  // Helmet refuses a protection that is named twice.
  { maxLength: 3, selector: ({ name }) => (name === 'xPoweredBy' ? 'hidePoweredBy' : name) },
);

/** What configures an app or a router. */
function configuration(isApp: boolean): fc.Arbitrary<Step> {
  return fc.oneof(
    { arbitrary: step('helmet', { options: fc.constant([]), use }), weight: 3 },
    { arbitrary: step('helmet', { options: helmetOptions, use }), weight: 2 },
    {
      arbitrary: step('helmet-parts', {
        parts: fc.uniqueArray(
          fc.constantFrom('hsts', 'frameguard', 'noSniff', 'referrerPolicy', 'hidePoweredBy', 'xPoweredBy'),
          { minLength: 1, maxLength: 5 },
        ),
        use,
      }),
      weight: 1,
    },
    { arbitrary: step('remover', { form: fc.nat(5), use }), weight: 1 },
    { arbitrary: step('headers', { count: fc.integer({ min: 1, max: 4 }), use }), weight: 1 },
    { arbitrary: step('parser', { use }), weight: 1 },
    ...(isApp
      ? [
          {
            arbitrary: step('powered', {
              value: expressions(literals(true, false), false, 2),
              form: fc.nat(20),
            }),
            weight: 3,
          },
          { arbitrary: step('trust', { form: fc.nat(13) }), weight: 4 },
        ]
      : []),
  );
}

function grouped(steps: fc.Arbitrary<Step>): fc.Arbitrary<Step> {
  return fc.oneof(
    { arbitrary: steps, weight: 6 },
    { arbitrary: step('when', { condition: conditions, steps: steps.map((one) => [one]) }), weight: 1 },
    { arbitrary: step('elsewhere', { form: fc.nat(5), steps: steps.map((one) => [one]) }), weight: 1 },
  );
}

function cookieOption(name: string, value: fc.Arbitrary<Expression>): fc.Arbitrary<Member<never>> {
  return value.map((each) => ({ key: name, value: each }));
}

const cookiePlans: fc.Arbitrary<CookiePlan> = fc.record({
  options: objects<never>(
    fc.array(
      fc.oneof(
        cookieOption('secure', expressions(literals(true, true, false), false, 2)),
        cookieOption('httpOnly', expressions(literals(true, true, false), false, 2)),
        cookieOption('sameSite', expressions(literals('lax', 'strict', 'none'), false, 2)),
        cookieOption('maxAge', expressions(literals(60_000), false, 1)),
      ),
      { maxLength: 4 },
    ),
    true,
  ),
  form: fc.nat(3),
});

const routes = fc.array(
  step('route', {
    path: fc.constantFrom('/account', '/account/me'),
    form: fc.nat(4),
    cookie: fc.oneof({ arbitrary: fc.constant(null), weight: 7 }, { arbitrary: cookiePlans, weight: 1 }),
  }),
  { minLength: 1, maxLength: 2 },
);

function changes(outside: boolean): fc.Arbitrary<Change> {
  return fc.oneof(
    fc.record({
      key: fc.constantFrom('secure' as const, 'httpOnly' as const),
      inCookie: fc.boolean(),
      value: expressions(literals(true, false), outside, 1),
    }),
    fc.record({
      key: fc.constant('maxAge' as const),
      inCookie: fc.boolean(),
      value: expressions(literals(60_000), outside, 1),
    }),
    fc.record({
      key: fc.constant('name' as const),
      inCookie: fc.constant(false),
      value: expressions(literals('sid'), outside, 1),
    }),
  );
}

function sessionSteps(outside: boolean): fc.Arbitrary<Step> {
  return fc.oneof(
    { arbitrary: grouped(step('session', { session: sessionPlans(outside), use })), weight: 4 },
    {
      arbitrary: step('late-session', {
        session: sessionPlans(outside),
        change: changes(outside),
        condition: conditions,
        isAfter: fc.boolean(),
        trusts: fc.boolean(),
      }),
      weight: 1,
    },
  );
}

interface Inside {
  readonly isApp: boolean;
  readonly withSession: boolean;
  readonly outside: boolean;
  readonly depth: number;
}

function steps({ isApp, withSession, outside, depth }: Inside): fc.Arbitrary<Step[]> {
  const own = fc.array(grouped(configuration(isApp)), { maxLength: 3 });
  const session = withSession
    ? fc.tuple(sessionSteps(outside)).map((each): Step[] => [...each])
    : fc.constant<Step[]>([]);
  const mounts =
    depth === 0
      ? fc.constant<Step[]>([])
      : fc.array(mount({ withSession: false, outside, depth: depth - 1 }), { maxLength: 2 });
  const late = fc.oneof(
    { arbitrary: fc.constant<Step[]>([]), weight: 5 },
    { arbitrary: fc.array(configuration(isApp), { minLength: 1, maxLength: 1 }), weight: 1 },
  );
  return fc.tuple(own, session, own, routes, mounts, late).map((parts) => parts.flat());
}

function mount(inside: Omit<Inside, 'isApp'>): fc.Arbitrary<Step> {
  return fc.oneof(
    step('router', {
      prefix: fc.constantFrom('/api', '/'),
      form: fc.nat(7),
      steps: steps({ ...inside, isApp: false }),
    }),
    step('sub-app', {
      prefix: fc.constantFrom('/admin', '/'),
      form: fc.nat(7),
      steps: steps({ ...inside, isApp: true }),
    }),
  );
}

/** Programs; with `outside` some hang on variables of the environment that nothing in the repository sets. */
export function programPlans(outside: boolean): fc.Arbitrary<ProgramPlan> {
  const base = { isApp: true, outside };
  const all = fc.oneof(
    { arbitrary: steps({ ...base, withSession: true, depth: 0 }), weight: 4 },
    { arbitrary: steps({ ...base, withSession: true, depth: 2 }), weight: 3 },
    // The sessions are those of what is mounted.
    {
      arbitrary: fc
        .tuple(
          steps({ ...base, withSession: false, depth: 0 }),
          fc.array(mount({ withSession: true, outside, depth: 0 }), { minLength: 1, maxLength: 2 }),
        )
        // Two sessions for one request would be neither's own.
        .map(([own, mounts]) => [
          ...own,
          ...mounts.map((each, at): Step => ('prefix' in each ? { ...each, prefix: `/part${at}` } : each)),
        ]),
      weight: 2,
    },
  );
  return fc.record({
    express: fc.constantFrom(5 as const, 4 as const),
    language: fc.constantFrom<Language>('cjs', 'esm', 'ts', 'ts-cjs'),
    steps: all,
    imports: fc.nat(5),
    architecture: fc.nat(14),
    start: fc.nat(19),
  });
}
