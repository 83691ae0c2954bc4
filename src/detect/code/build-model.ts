/** Turns the events of an execution into the application model. */
import type { Location, RelatedLocation } from '../../model/location.ts';
import type { Project } from '../../model/project.ts';
import type {
  Answer,
  App,
  Certainty,
  Handler,
  Layer,
  Option,
  Program,
  Reason,
  ResponseEffect,
  Router,
  Server,
  SessionSetup,
  TlsValidation,
  Value,
} from '../app-model.ts';
import { StartTime } from './builtins-collections.ts';
import { decide, type Evidence } from './decide.ts';
import type { ProgramEvent, RouterRecord, SessionRecord } from './events.ts';
import { recordOf } from './libraries/express.ts';
import { SessionData } from './libraries/sessions.ts';
import type { Machine } from './machine.ts';
import { HandlerResponse } from './run-program.ts';
import type { Condition } from './state.ts';
import {
  type Obj,
  type Place,
  reasonIn,
  type Single,
  type Slot,
  singles,
  type Trace,
  undefinedValue,
  unknown,
  type Val,
} from './values.ts';

/** The resolved version of a package, as the project that holds `file` would load it. */
export type VersionOf = (packageName: string) => string | null;

/** Options that cookie-session reads when it is made. */
const readAtCall: ReadonlySet<string> = new Set(['keys', 'secret', 'signed']);

/** What cookie-session does not copy but asks for by name (cookies 0.9, index.js: `opts.secure`), or what it never reads. */
const notCopied: ReadonlySet<string> = new Set(['secure', 'overwrite', 'cookie']);

const maxDepth = 8;

/** Such functions pick a few options; one that does more stays unknown. */
const stepsPerOptionsFunction = 2_000;

const cutShort: Reason = {
  kind: 'limit',
  text: 'the program is too large to be followed to its end within the bounds of the analysis',
};

export function locate({ file, span }: Place): Location {
  return {
    file,
    line: span.start.line,
    column: span.start.column + 1,
    endLine: span.end.line,
    endColumn: span.end.column + 1,
  };
}

/** Conditions that no program states: that somebody calls a function, that an error is caught, that a loop has a round. */
const unstated = /^(?:orphan|callback|catch|loop|round|callee|self):/;

function certaintyOf(conditions: Condition | null): Certainty {
  for (let at = conditions; at !== null; at = at.outer) {
    if (!unstated.test(at.id)) return { kind: 'maybe', reason: at.reason };
  }
  return { kind: 'always' };
}

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
  private readonly attached = new Map<SessionRecord, Set<RouterRecord>>();
  private readonly layerCache = new Map<RouterRecord, Layer[]>();

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
      for (const handler of layers.flatMap((layer) => layer.handlers.flatMap(singles)))
        this.noteHandler(record, handler);
    const apps: App[] = [];
    for (const record of records) {
      const made = this.routerOf(record);
      if (made.kind === 'app') apps.push(made);
    }
    const servers: Server[] = events.flatMap((event): Server[] => {
      if (event.type !== 'server') return [];
      const record = recordOf(event.handler);
      const app = record === null ? null : this.routerOf(record);
      return [{ kind: event.kind, created: locate(event.place), app: app?.kind === 'app' ? app : null }];
    });
    return {
      project: this.project,
      entries,
      apps,
      sessions: this.sessions(),
      servers,
      tlsValidations: this.tlsValidations(serverObjects),
    };
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
        if (mark instanceof HandlerResponse) push(this.effects, mark.handler, event);
        break;
      }
    }
  }

  private noteHandler(on: RouterRecord, handler: Single, depth = 0): void {
    if (handler.kind !== 'object' || depth > maxDepth) return;
    const child = recordOf(handler);
    if (child !== null && depth === 0) addTo(this.parents, child, on);
    if (handler.data instanceof SessionData) addTo(this.attached, handler.data.record, on);
    // An own function may hand the request to a session middleware.
    for (const { effect, value } of this.effects.get(targetOf(handler)) ?? [])
      if (effect === 'apply' && value !== null)
        for (const single of singles(value)) this.noteHandler(on, single, depth + 1);
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
          const answer = decide(
            this.firstEvidence(record, test, new Set()).found,
            this.madeUnder.get(record) ?? null,
          );
          return answer.kind === 'no' && this.m.limited ? { kind: 'unknown', reason: cutShort } : answer;
        },
        passes: (test, inherited) => {
          const answer = this.passes(record, test, inherited);
          return answer.kind === 'no' && this.m.limited ? { kind: 'unknown', reason: cutShort } : answer;
        },
      };
    }
    this.routers.set(record, made);
    return made;
  }

  private setting(record: RouterRecord, name: string): Option {
    const slot = record.settings.slots.get(name);
    const option = this.option(slot, record.created);
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
    const base = {
      path: this.value(event.path),
      registered: locate(event.place),
      certainty: certaintyOf(event.conditions),
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
    if (single.kind === 'unknown') return { kind: 'unknown', reason: single.reason };
    if (single.kind === 'known')
      return { kind: 'unknown', reason: { kind: 'computed', text: 'it is no function' } };
    const { external } = single;
    if (external !== null) {
      return {
        kind: 'middleware',
        package: external.package,
        export: external.path,
        version: this.versionOf(external.package),
        args: (external.args ?? []).map((arg) =>
          this.option({ value: arg, place: external.place }, external.place),
        ),
        created:
          external.place === null
            ? { file: '', line: 1, column: 1, endLine: 1, endColumn: 1 }
            : locate(external.place),
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
          value: event.value === null ? { kind: 'absent' } : this.value(event.value),
          certainty,
        },
      ];
    });
    return { kind: 'own', effects };
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
      if (event.method !== null || !coversAll(event.path)) continue;
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
                  id: `${event.place.file}:${event.place.span.start.line}:${event.place.span.start.column}`,
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
        if (inner !== null && coversAll(event.path)) found.push(...inner.found);
        if (inner?.answered === true) return { found, answered: true };
        for (const single of singles(value)) {
          const handler = this.handler(single);
          if (isStatic(handler)) return { found, answered: true };
          if (child === null && coversAll(event.path))
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
      return handler.effects.flatMap((effect): Evidence[] => {
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
    return (
      answers.find((answer) => answer.kind === 'unknown') ??
      (answers.some((answer) => answer.kind === 'yes') ? own : own)
    );
  }

  private sessions(): SessionSetup[] {
    return this.m.events.flatMap((event): SessionSetup[] => {
      if (event.type !== 'session') return [];
      const { record } = event;
      const created = locate(record.created);
      const attachedTo = new Set<App>();
      for (const router of this.attached.get(record) ?? []) {
        const made = this.routerOf(router);
        if (made.kind === 'app') attachedTo.add(made);
        else for (const app of this.appsAbove(router)) attachedTo.add(app);
      }
      return [
        {
          middleware: record.middleware,
          version: this.versionOf(record.middleware),
          created,
          options: this.option({ value: record.options, place: record.created }, record.created),
          option: (path) => this.sessionOption(record, path.split('.')),
          attachedTo: [...attachedTo],
        },
      ];
    });
  }

  private sessionOption(record: SessionRecord, [first, ...rest]: readonly string[]): Option {
    const top = record.top.get(first!);
    const missing: Slot = {
      value:
        record.open === null
          ? { kind: 'known', value: undefined, absent: true, trace: null }
          : { kind: 'unknown', reason: record.open, truthy: null, trace: null },
      place: null,
    };
    let slot = top ?? missing;
    // cookie-session copies the options for each request (index.js, `req.sessionOptions`), so what is set later counts.
    if (
      record.middleware === 'cookie-session' &&
      record.options.kind === 'object' &&
      !readAtCall.has(first!)
    ) {
      const options = { value: record.options, place: record.created };
      const live = this.nested(options, first!, record.created, notCopied.has(first!));
      // Its name it reads at the call too, enumerable or not: `opts.name || 'session'`.
      if (first !== 'name' || top === undefined || isFalsy(top.value) || !isAbsent(live.value))
        slot = reasonIn(live.value) === null || top !== undefined ? live : slot;
    }
    const read = (whole: Slot): Slot => {
      let at = whole;
      for (const name of rest) at = this.nested(at, name, at.place ?? record.created);
      return at;
    };
    if (first !== 'cookie' || record.middleware !== 'express-session')
      return this.option(read(slot), record.created);
    return this.perRequest(slot, record.created, read);
  }

  /**
   * Reads from what a slot holds; where that is a function, from what it gives for a request: since express-session 1.19 `cookie` may be one.
   * What the function changes is not start-up's doing: it is taken back.
   */
  private perRequest(slot: Slot, place: Place, read: (whole: Slot) => Slot): Option {
    const parts = singles(slot.value);
    const fn = parts.find((part) => part.kind === 'object' && part.closure !== null);
    if (fn === undefined) return this.option(read(slot), place);
    const { m } = this;
    let answer: Option | null = null;
    if (parts.length === 1)
      m.trial(() => {
        const request = {
          ...unknown({ kind: 'request', text: 'it depends on the request' }, place),
          truthy: true,
        };
        const given = read({ value: m.call(fn, undefinedValue, [request], place), place: slot.place });
        // A date that is made for each request is none of start-up's.
        const isDate = given.value.kind === 'object' && given.value.data instanceof StartTime;
        answer = this.option(isDate ? { ...given, value: m.object(place) } : given, place);
      }, stepsPerOptionsFunction);
    if (answer !== null) return answer;
    const reason: Reason = { kind: 'request', text: 'a function gives the options for each request' };
    return this.option(read({ value: unknown(reason, place), place: slot.place }), place);
  }

  /** One property of what a slot holds, as start-up left it. */
  private nested(slot: Slot, name: string, place: Place, byName = name === 'path'): Slot {
    const parts = singles(slot.value);
    let where: Place | null = null;
    const value = this.m.get(slot.value, name, place);
    for (const part of parts) {
      if (part.kind !== 'object') continue;
      for (let at: Obj | null = part; at !== null; at = at.proto) {
        const found = at.slots.get(name);
        // express-session copies the cookie's options (session/cookie.js), which passes over what is not enumerable.
        // It asks for the path by name, too (index.js, `originalPath`).
        if (found?.hidden === true && parts.length === 1 && !byName)
          return { value: { kind: 'known', value: undefined, absent: true, trace: null }, place: null };
        if (found !== undefined) {
          where ??= found.place;
          break;
        }
      }
    }
    // Something undefined has no properties: the middleware then takes its defaults.
    if (parts.every((part) => part.kind === 'known'))
      return { value: { kind: 'known', value: undefined, absent: true, trace: null }, place: null };
    return { value, place: where };
  }

  private tlsValidations(serverObjects: ReadonlySet<Obj>): TlsValidation[] {
    const seen = new Set<string>();
    return this.m.events.flatMap((event): TlsValidation[] => {
      if (event.type !== 'tls') return [];
      const slot = event.owner.slots.get(event.key);
      const key = `${event.place.file}:${event.place.span.start.line}:${event.place.span.start.column}`;
      if (slot === undefined || seen.has(key)) return [];
      seen.add(key);
      const option = this.option({ ...slot, place: event.place }, event.place);
      const certainty = certaintyOf(event.conditions);
      return [
        {
          setting: event.setting,
          option,
          role: serverObjects.has(event.owner) ? 'server' : 'client',
          certainty,
        },
      ];
    });
  }

  private option(slot: Slot | undefined | null, fallback: Place | null): Option {
    const place = slot?.place ?? fallback;
    const value = slot == null ? ({ kind: 'absent' } as const) : this.value(slot.value);
    const location =
      place === null ? { file: '', line: 1, column: 1, endLine: 1, endColumn: 1 } : locate(place);
    return {
      value,
      location,
      related: slot == null ? [] : relatedOf(slot.value, location),
      written: slot == null ? null : writtenAt(slot.value, location),
    };
  }

  private value(value: Val, depth = 0): Value {
    if (value.kind === 'oneOf')
      return {
        kind: 'oneOf',
        alternatives: value.alternatives.map((single) => this.value(single, depth)),
        reason: value.reason,
      };
    if (value.kind === 'known')
      return value.absent ? { kind: 'absent' } : { kind: 'known', value: value.value };
    if (value.kind === 'unknown') return { kind: 'unknown', reason: value.reason };
    if (depth > maxDepth)
      return { kind: 'unknown', reason: { kind: 'limit', text: 'it is nested too deeply' } };
    const { external } = value;
    if (external !== null)
      return {
        kind: 'instance',
        package: external.package,
        export: external.path,
        args:
          depth > 2
            ? []
            : (external.args ?? []).map((arg) =>
                this.nestedOption({ value: arg, place: external.place }, external.place, depth),
              ),
      };
    if (value.data instanceof StartTime)
      return {
        kind: 'instance',
        package: '',
        export: 'Date',
        args: [this.nestedOption(value.slots.get('@@time')!, value.place, depth)],
      };
    if (value.callable) return { kind: 'function', name: value.closure?.name ?? null };
    if (value.elements !== null)
      return {
        kind: 'array',
        items: value.elements.map((slot) => this.nestedOption(slot, value.place, depth)),
        open: value.open,
      };
    const fields = new Map<string, Option>();
    // What it inherits counts as its own: the middlewares read and copy options with `for … in`.
    for (let at: Obj | null = value; at !== null; at = at.proto) {
      for (const [key, slot] of at.slots) {
        if (key.startsWith('@@') || slot.hidden === true || fields.has(key)) continue;
        fields.set(key, this.nestedOption(slot, value.place, depth));
      }
    }
    return { kind: 'object', fields, open: value.open };
  }

  private nestedOption(slot: Slot, fallback: Place | null, depth: number): Option {
    const place = slot.place ?? fallback;
    const location =
      place === null ? { file: '', line: 1, column: 1, endLine: 1, endColumn: 1 } : locate(place);
    const content =
      slot.getter === undefined ? slot.value : typeof slot.getter === 'function' ? slot.getter() : slot.value;
    return {
      value: this.value(content, depth + 1),
      location,
      related: relatedOf(content, location),
      written: writtenAt(content, location),
    };
  }
}

function isFalsy(value: Val): boolean {
  return value.kind === 'known' && !value.value;
}

function isAbsent(value: Val): boolean {
  return value.kind === 'known' && value.absent === true;
}

/** The function itself, where `bind` made another of it. */
function targetOf(handler: Obj): Obj {
  return handler.closure !== null
    ? handler
    : ((handler.data as { boundTo?: Obj } | null)?.boundTo ?? handler);
}

function isStatic(handler: Handler): boolean {
  return (
    handler.kind === 'middleware' &&
    ((handler.package === 'express' && handler.export === 'static') || handler.package === 'serve-static')
  );
}

/** A path at which every request passes. */
function coversAll(path: Val): boolean {
  return singles(path).every((single) => {
    if (single.kind === 'known')
      return (
        single.value === '/' || single.value === '' || single.value === '*' || single.value === undefined
      );
    if (single.kind !== 'object') return false;
    const data = single.data as { regExp?: string } | null;
    return data?.regExp === '.*' || data?.regExp === '^.*$';
  });
}

const maxRelated = 6;

/** The places that a value came through, from the option back to where it was written. */
function relatedOf(value: Val, location: Location): RelatedLocation[] {
  const related: RelatedLocation[] = [];
  const seen = new Set([`${location.file}:${location.line}`]);
  const traces =
    value.kind === 'oneOf'
      ? [value.trace, ...value.alternatives.map((single) => (single.kind === 'object' ? null : single.trace))]
      : [value.kind === 'object' ? null : value.trace];
  for (const start of traces) {
    const hops: { trace: Trace; location: RelatedLocation }[] = [];
    for (
      let trace: Trace | null = start;
      trace !== null && related.length + hops.length < maxRelated;
      trace = trace.next
    ) {
      const { file, span } = trace.place;
      const key = `${file}:${span.start.line}`;
      if (seen.has(key) && trace.note === null) continue;
      seen.add(key);
      hops.push({
        trace,
        location: {
          file,
          line: span.start.line,
          column: span.start.column + 1,
          message: trace.note ?? 'it comes through here',
        },
      });
    }
    const last = hops.at(-1);
    if (last !== undefined && last.trace.note === null)
      last.location = { ...last.location, message: 'the value is written here' };
    related.push(...hops.map((hop) => hop.location));
  }
  return related;
}

/** Where the value itself stands, where it is a literal written in the option. */
function writtenAt(value: Val, location: Location): Location | null {
  if (value.kind !== 'known' || value.absent) return null;
  let last = value.trace;
  while (last !== null && last.next !== null) last = last.next;
  if (last?.place.literal !== true) return null;
  const place = locate(last.place);
  const within =
    place.file === location.file &&
    (place.line > location.line || (place.line === location.line && place.column >= location.column)) &&
    (place.endLine < location.endLine ||
      (place.endLine === location.endLine && place.endColumn <= location.endColumn));
  return within ? place : null;
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
