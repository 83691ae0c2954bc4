/** Turns the events of an execution into the application model. */
import type { Location } from '../../model/location.ts';
import { dependencyFields, type Project } from '../../model/project.ts';
import type {
  Answer,
  App,
  Handler,
  Layer,
  Option,
  Program,
  Reason,
  ResponseEffect,
  Router,
  SessionSetup,
} from '../app-model.ts';
import { classifyDeclaration } from '../declared-range.ts';
import { sessionFacts } from '../session-facts.ts';
import { serversOf, tlsSettingsOf, tlsValidationsOf } from './build-transport.ts';
import { cookieWrites, logins, sessionWrites } from './client-writes.ts';
import { decide, type Evidence } from './decide.ts';
import type { ProgramEvent, RouterRecord, SessionRecord } from './events.ts';
import { recordOf } from './libraries/express.ts';
import { packageOf, SessionData } from './libraries/sessions.ts';
import type { Machine } from './machine.ts';
import { certaintyOf, locate, locationOf, modelValue, optionOf } from './model-values.ts';
import { ResponseMark } from './request-marks.ts';
import { targetOf } from './run-handlers.ts';
import { literalsOf, SessionEdits } from './session-edits.ts';
import { sessionOption } from './session-options.ts';
import { presencesOf, type Registered, rivalsOf } from './session-rivals.ts';
import type { Condition } from './state.ts';
import { type Obj, placeKey, type Single, singles, type Val } from './values.ts';

/** The resolved version of a package, as the project that holds `file` would load it. */
export type VersionOf = (packageName: string) => string | null;

const maxDepth = 8;

const cutShort: Reason = {
  kind: 'limit',
  text: 'the program is too large to be followed to its end within the bounds of the analysis',
};

/** Builds the program's model. The machine is at the end of its run: objects are as start-up left them. */
export function buildProgram(
  m: Machine,
  project: Project,
  entries: readonly string[],
  versionOf: VersionOf,
): Program {
  return new ModelBuilder(m, project, versionOf).build(entries);
}

class ModelBuilder {
  private readonly m: Machine;
  private readonly project: Project;
  private readonly versionOf: VersionOf;
  private readonly routers = new Map<RouterRecord, App | Router>();
  /** The conditions under which each is made at all: what is asked of it is asked where they hold. */
  private readonly madeUnder = new Map<RouterRecord, Condition | null>();
  private readonly layersOf = new Map<RouterRecord, Extract<ProgramEvent, { type: 'layer' }>[]>();
  private readonly listening = new Set<RouterRecord>();
  private readonly served = new Set<RouterRecord>();
  private readonly parents = new Map<RouterRecord, Set<RouterRecord>>();
  private readonly effects = new Map<Obj, Extract<ProgramEvent, { type: 'response' }>[]>();
  private readonly attached = new Map<SessionRecord, Map<RouterRecord, Registered[]>>();
  private readonly layerCache = new Map<RouterRecord, Layer[]>();
  private readonly handlerCache = new Map<Obj, Handler>();

  constructor(m: Machine, project: Project, versionOf: VersionOf) {
    this.m = m;
    this.project = project;
    this.versionOf = versionOf;
  }

  build(entries: readonly string[]): Program {
    const { events } = this.m;
    const records = events.filter((event) => event.type === 'router').map((event) => event.record);
    const serverObjects = new Set<Obj>();
    for (const event of events) this.sort(event, serverObjects);
    for (const [record, layers] of this.layersOf)
      for (const layer of layers)
        for (const value of layer.handlers)
          for (const handler of singles(value)) {
            const choice = value.kind === 'oneOf' ? { value, of: handler, reason: value.reason } : null;
            this.noteHandler(record, handler, { conditions: layer.conditions, choice });
          }
    const apps: App[] = [];
    for (const record of records) {
      const made = this.routerOf(record);
      if (made.kind === 'app') apps.push(made);
    }
    return {
      project: this.project,
      entries,
      apps,
      sessions: this.sessions(),
      servers: serversOf(
        events,
        (handler) => {
          const record = recordOf(handler);
          return record === null ? null : this.appOf(record);
        },
        (record) => this.appOf(record),
      ),
      tlsValidations: tlsValidationsOf(events, serverObjects),
      tlsSettings: tlsSettingsOf(events, serverObjects),
      proxies: [],
      requestMarks: events.flatMap((event) => (event.type === 'request-mark' ? [locate(event.place)] : [])),
      privateKeys: [],
      hosting: { endsTlsBy: null, inContainer: false, published: null },
      protocolUse: null,
      cookieWrites: cookieWrites(
        events,
        this.versionOf('express') ?? this.project.express?.resolved ?? null,
        this.versionOf,
      ),
      sessionWrites: sessionWrites(events),
      logins: logins(events, this.versionOf('passport') ?? declaredRange(this.project, 'passport')),
    };
  }

  private appOf(record: RouterRecord): App | null {
    const made = this.routerOf(record);
    return made.kind === 'app' ? made : null;
  }

  private sort(event: ProgramEvent, serverObjects: Set<Obj>): void {
    switch (event.type) {
      case 'router':
        this.madeUnder.set(event.record, event.conditions);
        break;
      case 'layer':
        push(this.layersOf, event.on, event);
        break;
      case 'listen':
        this.listening.add(event.on);
        break;
      case 'server': {
        const record = recordOf(event.handler);
        if (record !== null) this.served.add(record);
        for (const single of singles(event.options)) if (single.kind === 'object') serverObjects.add(single);
        break;
      }
      case 'response': {
        const mark = event.response.data;
        if (mark instanceof ResponseMark && mark.handler !== null) push(this.effects, mark.handler, event);
        break;
      }
    }
  }

  private noteHandler(on: RouterRecord, handler: Single, registered: Registered, depth = 0): void {
    if (handler.kind !== 'object' || depth > maxDepth) return;
    const child = recordOf(handler);
    if (child !== null && depth === 0) addTo(this.parents, child, on);
    if (handler.data instanceof SessionData) {
      const { record } = handler.data;
      const byRouter = this.attached.get(record) ?? new Map<RouterRecord, Registered[]>();
      this.attached.set(record, byRouter);
      push(byRouter, on, registered);
    }
    // An own function may hand the request to a session middleware.
    for (const { effect, value, conditions } of this.effects.get(targetOf(handler)) ?? [])
      if (effect === 'apply' && value !== null)
        for (const single of singles(value))
          this.noteHandler(
            on,
            single,
            { ...registered, conditions: conditions ?? registered.conditions },
            depth + 1,
          );
  }

  private routerOf(record: RouterRecord): App | Router {
    let made = this.routers.get(record);
    if (made !== undefined) return made;
    const builder = this;
    if (record.kind === 'router') {
      made = {
        kind: 'router',
        created: locate(record.created),
        get layers() {
          return builder.layers(record);
        },
      };
    } else {
      made = {
        kind: 'app',
        framework: record.framework,
        created: locate(record.created),
        version: this.versionOf('express'),
        get layers() {
          return builder.layers(record);
        },
        setting: (name) => this.setting(record, name),
        get mountedOn() {
          return builder.appsAbove(record);
        },
        answers: this.answers(record),
        listens: this.listening.has(record) || this.served.has(record),
        passesFirst: (test) => {
          const { found } = this.firstEvidence(record, test, new Set());
          return this.unlessCutShort(decide(found, this.madeUnder.get(record) ?? null));
        },
        passes: (test, inherited) => this.unlessCutShort(this.passes(record, test, inherited)),
      };
    }
    this.routers.set(record, made);
    return made;
  }

  /** What was not reached may hold what was not found. */
  private unlessCutShort(answer: Answer): Answer {
    return answer.kind === 'no' && this.m.limited ? { kind: 'unknown', reason: cutShort } : answer;
  }

  private setting(record: RouterRecord, name: string): Option {
    const slot = record.settings.slots.get(name);
    const option = optionOf(slot, record.created);
    // What was not reached may have set it.
    return slot === undefined && this.m.limited
      ? { ...option, value: { kind: 'unknown', reason: cutShort } }
      : option;
  }

  private answers(record: RouterRecord): boolean {
    if (this.listening.has(record) || this.served.has(record)) return true;
    return this.layers(record).some((layer) => layer.kind !== 'middleware' && layer.kind !== 'error-handler');
  }

  private appsAbove(record: RouterRecord): App[] {
    const found = new Set<App>();
    const seen = new Set<RouterRecord>();
    const climb = (at: RouterRecord): void => {
      if (seen.has(at)) return;
      seen.add(at);
      for (const parent of this.parents.get(at) ?? []) {
        const made = this.routerOf(parent);
        if (made.kind === 'app') found.add(made);
        else climb(parent);
      }
    };
    climb(record);
    return [...found];
  }

  private layers(record: RouterRecord): Layer[] {
    let layers = this.layerCache.get(record);
    if (layers === undefined) {
      layers = [];
      this.layerCache.set(record, layers);
      for (const event of this.layersOf.get(record) ?? []) layers.push(...this.layersFrom(event));
    }
    return layers;
  }

  private layersFrom(event: Extract<ProgramEvent, { type: 'layer' }>): Layer[] {
    const conditions = certaintyOf(event.conditions);
    const choice = event.handlers.find((handler) => handler.kind === 'oneOf');
    const base = {
      // Of a list one path at which all pass is enough.
      path:
        event.isList === true && event.method === null && this.coversAll(event)
          ? { kind: 'known' as const, value: '/' }
          : modelValue(event.path),
      registered: locate(event.place),
      // One of several handlers is used: each of them only perhaps.
      certainty:
        conditions.kind === 'always' && choice?.kind === 'oneOf' && event.method === null
          ? { kind: 'maybe' as const, reason: choice.reason }
          : conditions,
    };
    if (event.method !== null)
      return [
        {
          ...base,
          kind: 'route',
          method: event.method,
          handlers: event.handlers.flatMap((handler) => this.handlers(handler)),
          mounted: null,
        },
      ];
    return event.handlers.map((handler): Layer => {
      const child =
        singles(handler)
          .map(recordOf)
          .find((record) => record !== null) ?? null;
      const handlers = this.handlers(handler);
      if (child !== null) {
        const mounted = this.routerOf(child);
        return {
          ...base,
          kind: mounted.kind === 'app' ? 'sub-app' : 'router',
          method: null,
          handlers,
          mounted,
        };
      }
      const isErrorHandler =
        handler.kind === 'object' &&
        ((handler.closure?.node as { params?: readonly unknown[] } | undefined)?.params?.length ?? 0) === 4;
      return {
        ...base,
        kind:
          handlers[0] !== undefined && isStatic(handlers[0])
            ? 'static'
            : isErrorHandler
              ? 'error-handler'
              : 'middleware',
        method: null,
        handlers,
        mounted: null,
      };
    });
  }

  private handlers(value: Val): Handler[] {
    return singles(value).map((single) => this.handler(single));
  }

  private handler(single: Single): Handler {
    if (single.kind !== 'object') return this.makeHandler(single);
    let handler = this.handlerCache.get(single);
    if (handler === undefined) {
      handler = this.makeHandler(single);
      this.handlerCache.set(single, handler);
    }
    return handler;
  }

  private makeHandler(single: Single): Handler {
    if (single.kind === 'unknown') return { kind: 'unknown', reason: single.reason };
    if (single.kind === 'known')
      return { kind: 'unknown', reason: { kind: 'computed', text: 'it is no function' } };
    const { external } = single;
    if (external !== null) {
      let args: readonly Option[] | null = null;
      return {
        kind: 'middleware',
        package: external.package,
        export: external.path,
        version: this.versionOf(external.package),
        declared: declaredRange(this.project, external.package),
        // Few are asked for, and they may be large: a validator's schema, a page's description.
        get args() {
          args ??= (external.args ?? []).map((arg) =>
            optionOf({ value: arg, place: external.place }, external.place),
          );
          return args;
        },
        created: locationOf(external.place),
      };
    }
    const effects = (this.effects.get(targetOf(single)) ?? []).flatMap((event): ResponseEffect[] => {
      const certainty = certaintyOf(event.conditions);
      if (event.effect === 'apply')
        return event.value === null || event.value.kind !== 'object' || recordOf(event.value) !== null
          ? []
          : [{ kind: 'apply', handler: this.handler(event.value), certainty }];
      if (event.name?.kind !== 'known') return [];
      return [
        {
          kind: event.effect,
          name: String(event.name.value).toLowerCase(),
          option: optionOf(
            event.value === null ? undefined : { value: event.value, place: event.place },
            event.place,
          ),
          certainty,
        },
      ];
    });
    return { kind: 'own', effects, handsOn: namesNext(targetOf(single)) };
  }

  /** What the layers at the root of a router say to `test`, those of routers mounted there included. */
  private evidence(
    record: RouterRecord,
    test: (handler: Handler) => boolean | null,
    seen: Set<RouterRecord>,
    outer: Condition | null,
  ): Evidence[] {
    if (seen.has(record)) return [];
    seen.add(record);
    const found: Evidence[] = [];
    for (const event of this.layersOf.get(record) ?? []) {
      if (event.method !== null || !this.coversAll(event)) continue;
      for (const handler of event.handlers) {
        const parts = singles(handler);
        for (const single of parts) {
          const child = recordOf(single);
          if (child !== null) found.push(...this.evidence(child, test, seen, event.conditions ?? outer));
          // A router that is mounted may be any of several: then none of them is certain.
          const conditions =
            parts.length === 1
              ? event.conditions
              : {
                  id: placeKey(event.place),
                  holds: true,
                  reason:
                    handler.kind === 'oneOf'
                      ? handler.reason
                      : { kind: 'computed' as const, text: 'one of several handlers is used' },
                  outer: event.conditions,
                };
          found.push(...this.handlerEvidence(this.handler(single), test, conditions ?? outer));
        }
      }
    }
    return found;
  }

  /** Whether every request passes at its path. */
  private coversAll({ path, isList }: Extract<ProgramEvent, { type: 'layer' }>): boolean {
    if (isList !== true) return singles(path).every(isAll);
    // Of a list one is enough; there, Express 5 takes `/` for nothing but the root itself (router 2.2, lib/layer.js, path-to-regexp 8).
    const version = this.versionOf('express') ?? this.project.manifest.dependencies?.express ?? '';
    const isFive = Number(/\d+/.exec(version)?.[0] ?? 5) >= 5;
    return singles(path).some(
      (single) =>
        isAll(single) &&
        !(isFive && single.kind === 'known' && (single.value === '/' || single.value === '')),
    );
  }

  /** As `evidence`, but only up to the first layer that answers requests. */
  private firstEvidence(
    record: RouterRecord,
    test: (handler: Handler) => boolean | null,
    seen: Set<RouterRecord>,
  ): { found: Evidence[]; answered: boolean } {
    const found: Evidence[] = [];
    if (seen.has(record)) return { found, answered: false };
    seen.add(record);
    for (const event of this.layersOf.get(record) ?? []) {
      if (event.method !== null) return { found, answered: true };
      for (const value of event.handlers) {
        const child =
          singles(value)
            .map(recordOf)
            .find((one) => one !== null) ?? null;
        const inner = child === null ? null : this.firstEvidence(child, test, seen);
        if (inner !== null && this.coversAll(event)) found.push(...inner.found);
        if (inner?.answered === true) return { found, answered: true };
        for (const single of singles(value)) {
          const handler = this.handler(single);
          if (isStatic(handler)) return { found, answered: true };
          if (child === null && this.coversAll(event))
            found.push(...this.handlerEvidence(handler, test, event.conditions));
        }
      }
    }
    return { found, answered: false };
  }

  private handlerEvidence(
    handler: Handler,
    test: (handler: Handler) => boolean | null,
    conditions: Condition | null,
  ): Evidence[] {
    const answer = test(handler);
    if (answer === true) return [{ conditions, unknown: null }];
    if (handler.kind === 'own') {
      const doubt = handler.effects.find(
        ({ certainty }) => certainty.kind === 'maybe' && certainty.reason.kind !== 'request',
      )?.certainty;
      const itself: Evidence[] =
        answer === null && doubt?.kind === 'maybe' ? [{ conditions, unknown: doubt.reason }] : [];
      const handedOn = handler.effects.flatMap((effect): Evidence[] => {
        if (effect.kind !== 'apply') return [];
        const inner: Condition | null =
          effect.certainty.kind === 'always'
            ? conditions
            : {
                id: `effect:${effect.certainty.reason.text}`,
                holds: true,
                reason: effect.certainty.reason,
                outer: conditions,
              };
        return this.handlerEvidence(effect.handler, test, inner);
      });
      return [...itself, ...handedOn];
    }
    if (answer === null)
      return [
        {
          conditions,
          unknown:
            handler.kind === 'unknown'
              ? handler.reason
              : { kind: 'library', text: 'a middleware that the analysis does not know is used' },
        },
      ];
    return [];
  }

  private passes(
    record: RouterRecord,
    test: (handler: Handler) => boolean | null,
    inherited: boolean,
    seen = new Set<RouterRecord>(),
    given: Condition | null = this.madeUnder.get(record) ?? null,
  ): Answer {
    const own = decide(this.evidence(record, test, new Set(), null), given);
    if (own.kind === 'yes' || !inherited || seen.has(record)) return own;
    seen.add(record);
    // A router's middleware covers what is mounted on it, as an app's does.
    const answers = [...(this.parents.get(record) ?? [])].map((parent) =>
      this.passes(parent, test, true, seen, given),
    );
    seen.delete(record);
    if (answers.length === 0) return own;
    if (answers.every((answer) => answer.kind === 'yes')) return { kind: 'yes' };
    return answers.find((answer) => answer.kind === 'unknown') ?? own;
  }

  private sessions(): SessionSetup[] {
    const events = this.m.events.filter((event) => event.type === 'session');
    const literals = literalsOf(events.map(({ record }) => record));
    const setups = new Map<SessionRecord, SessionSetup>();
    const presences = new Map(
      events.map(({ record, conditions }) => [
        record,
        presencesOf(conditions, [...(this.attached.get(record)?.values() ?? [])].flat()),
      ]),
    );
    for (const { record } of events) {
      const attachedTo = new Set<App>();
      for (const router of this.attached.get(record)?.keys() ?? []) {
        const made = this.routerOf(router);
        if (made.kind === 'app') attachedTo.add(made);
        else for (const app of this.appsAbove(router)) attachedTo.add(app);
      }
      const version = this.versionOf(packageOf(record.middleware));
      const facts = sessionFacts(record.middleware, version);
      const edits = new SessionEdits(this.m, record, (literal) => (literals.get(literal)?.size ?? 0) > 1);
      setups.set(record, {
        middleware: record.middleware,
        facts,
        version,
        created: locate(record.created),
        options: optionOf({ value: record.options, place: record.created }, record.created),
        option: (path) =>
          withUse(sessionOption(this.m, record, facts, path.split('.')), locate(record.created)),
        attachedTo: [...attachedTo],
        get rivals() {
          return rivalsOf(record, presences, setups);
        },
        write: (options, companions) => edits.write(options, companions),
        move: (paths, beside) => edits.move(paths, beside),
      });
    }
    return [...setups.values()];
  }
}

/** An option that stands elsewhere than in the call names the call: that is how it comes to count. */
function withUse(option: Option, call: Location): Option {
  const { location, related } = option;
  const isInside =
    location.file === call.file && location.line >= call.line && location.endLine <= call.endLine;
  if (isInside || related.some(({ file, line }) => file === call.file && line === call.line)) return option;
  return {
    ...option,
    related: [
      {
        file: call.file,
        line: call.line,
        column: call.column,
        message: 'the session middleware is given it here',
      },
      ...related,
    ],
  };
}

/** The range that a project declares for a package; null where it declares none, or something else than a range. */
function declaredRange({ manifest }: Project, name: string): string | null {
  for (const field of dependencyFields) {
    const declared = manifest[field];
    const text = declared !== undefined && Object.hasOwn(declared, name) ? declared[name] : undefined;
    if (typeof text !== 'string') continue;
    const { kind, spec } = classifyDeclaration(text);
    return kind === 'range' ? spec : null;
  }
  return null;
}

/** `(req, res, next)`, or `(err, req, res, next)`. */
function namesNext({ closure }: Obj): boolean {
  return ((closure?.node as { params?: readonly unknown[] } | undefined)?.params?.length ?? 0) >= 3;
}

function isStatic(handler: Handler): boolean {
  return (
    handler.kind === 'middleware' &&
    ((handler.package === 'express' && handler.export === 'static') || handler.package === 'serve-static')
  );
}

/** A path at which every request passes. */
function isAll(path: Single): boolean {
  if (path.kind === 'known')
    return path.value === '/' || path.value === '' || path.value === '*' || path.value === undefined;
  if (path.kind !== 'object') return false;
  const data = path.data as { regExp?: string } | null;
  return data?.regExp === '.*' || data?.regExp === '^.*$';
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

function addTo<K, V>(map: Map<K, Set<V>>, key: K, value: V): void {
  const set = map.get(key);
  if (set === undefined) map.set(key, new Set([value]));
  else set.add(value);
}
