/** Turns the events of an execution into the transport part of the application model: servers, and how they and clients do TLS. */
import type {
  App,
  Listening,
  Option,
  Reason,
  Server,
  TlsSetting,
  TlsValidation,
  Value,
} from '../app-model.ts';
import { alternatives, replaceLiteral } from '../app-model.ts';
import { isWeakVersion, type TlsVersion, tlsVersion, weakFrom } from '../transport/tls-versions.ts';
import { weakInOpenSslList } from '../transport/weak-ciphers.ts';
import type { ProgramEvent, RouterRecord } from './events.ts';
import { certaintyOf, locate, modelValue, optionOf } from './model-values.ts';
import { isOwnInstance, strengthOptions, validationOptions } from './tls-options.ts';
import { absentValue, type Obj, placeKey, type Slot, settingOf, singles, type Val } from './values.ts';

type TlsEvent = Extract<ProgramEvent, { type: 'tls' }>;

/** What the program serves, and where it listens. `appOf` gives the app that stands for a handler. */
export function serversOf(
  events: readonly ProgramEvent[],
  appOf: (handler: Val) => App | null,
  appOfRecord: (record: RouterRecord) => App | null,
): Server[] {
  const listens = new Map<Obj, Listening[]>();
  for (const event of events) {
    if (event.type !== 'server-listen') continue;
    const list = listens.get(event.server) ?? [];
    list.push(listening(event));
    listens.set(event.server, list);
  }
  return events.flatMap((event): Server[] => {
    if (event.type === 'server')
      return [
        {
          kind: event.kind,
          created: locate(event.place),
          app: appOf(event.handler),
          listens: listens.get(event.object) ?? [],
          tls: optionOf({ value: event.options, place: event.place }, event.place),
        },
      ];
    // app.listen() makes a server of node:http (express 4 and 5, lib/application.js).
    if (event.type !== 'listen' || event.args === null) return [];
    return [
      {
        kind: 'http',
        created: locate(event.place),
        app: appOfRecord(event.on),
        listens: [listening({ ...event, args: event.args })],
        tls: optionOf(undefined, event.place),
      },
    ];
  });
}

/** The arguments of `server.listen` (Node.js 24, lib/net.js): `(port, host, …)`, `({ port, host, path }, …)`, `(path, …)`. */
function listening({
  args,
  place,
  conditions,
}: Pick<Extract<ProgramEvent, { type: 'server-listen' }>, 'args' | 'place' | 'conditions'>): Listening {
  const [first, second] = args;
  const absent: Value = { kind: 'absent' };
  const base = { location: locate(place), certainty: certaintyOf(conditions) };
  const isOptions =
    first?.kind === 'object' && !first.callable && first.elements === null && first.external === null;
  if (isOptions) {
    const value = (key: string): Value => {
      const slot = first.slots.get(key);
      return slot === undefined ? absent : modelValue(slot.value);
    };
    const path = value('path');
    const port = first.slots.get('port')?.value;
    return {
      ...base,
      port: path.kind === 'absent' ? value('port') : path,
      portByEnvironment: isByEnvironment(port),
      host: value('host'),
    };
  }
  const host =
    second !== undefined && !(second.kind === 'object' && second.callable) ? modelValue(second) : absent;
  return {
    ...base,
    port: first === undefined ? absent : modelValue(first),
    portByEnvironment: isByEnvironment(first),
    host: host.kind === 'known' && typeof host.value === 'number' ? absent : host,
  };
}

function isByEnvironment(value: Val | undefined): boolean {
  if (value === undefined) return false;
  return (
    singles(value).some(
      (one) =>
        (one.kind === 'unknown' && one.reason.kind === 'environment') ||
        (one.kind === 'known' && settingOf(one) !== null),
    ) ||
    (value.kind === 'oneOf' && value.reason.kind === 'environment')
  );
}

/** The objects that functions of TLS are given. */
function usedFor(events: readonly ProgramEvent[]): ReadonlySet<Obj> {
  const used = new Set<Obj>();
  for (const event of events)
    if (event.type === 'tls-use')
      for (const arg of event.args.flatMap(singles)) if (arg.kind === 'object') used.add(arg);
  return used;
}

/** The tls events, once for each place; and as one more each what an own class gives to TLS. */
function tlsEvents(events: readonly ProgramEvent[]): TlsEvent[] {
  const found: TlsEvent[] = [];
  const seen = new Set<string>();
  const writers = new Map<Obj, Set<string>>();
  for (const event of events)
    if (event.type === 'tls')
      writers.set(event.owner, (writers.get(event.owner) ?? new Set()).add(placeKey(event.place)));
  const add = (event: TlsEvent): void => {
    const key = `${placeKey(event.place)} ${event.key}`;
    if (seen.has(key) || slotOf(event) === undefined || isReplaced(event, writers)) return;
    seen.add(key);
    found.push(event);
  };
  for (const event of events) {
    if (event.type === 'tls') add(event);
    if (event.type !== 'tls-use') continue;
    for (const owner of event.args.flatMap(singles)) {
      if (owner.kind !== 'object' || !isOwnInstance(owner)) continue;
      for (const key of [...Object.keys(validationOptions), ...strengthOptions]) {
        const place = owner.slots.get(key)?.place;
        if (place != null) add({ type: 'tls', owner, key, slot: null, place, conditions: null });
      }
    }
  }
  return found;
}

/** The option as it is at the end, or as it was written where that has been forgotten. */
function slotOf({ owner, key, slot }: TlsEvent): Slot | undefined {
  return owner.slots.get(key) ?? slot ?? undefined;
}

/** Whether another place wrote what the option is at the end. */
function isReplaced(
  { owner, key, place }: TlsEvent,
  writers: ReadonlyMap<Obj, ReadonlySet<string>>,
): boolean {
  const last = owner.slots.get(key)?.place;
  if (last == null || placeKey(last) === placeKey(place)) return false;
  return writers.get(owner)?.has(placeKey(last)) === true;
}

/** Where the check of certificates is decided. `serverObjects`: options of servers of our own. */
export function tlsValidationsOf(
  events: readonly ProgramEvent[],
  serverObjects: ReadonlySet<Obj>,
): TlsValidation[] {
  const found = tlsEvents(events).flatMap((event): TlsValidation[] => {
    const { owner, key, place } = event;
    const isVariable = key === 'NODE_TLS_REJECT_UNAUTHORIZED';
    if (!isVariable && !Object.hasOwn(validationOptions, key)) return [];
    const slot = slotOf(event)!;
    const option = optionOf({ ...slot, place }, place);
    return [
      {
        setting: key as TlsValidation['setting'],
        option: key === 'checkServerIdentity' ? { ...option, value: checks(slot) } : option,
        role: serverObjects.has(owner) ? 'server' : 'client',
        certainty: certaintyOf(event.conditions),
      },
    ];
  });
  // One question is asked where its answer is written down, not again wherever that is read.
  return found.filter(
    ({ option }) =>
      alternatives(option.value).every((value) => value.kind !== 'unknown') ||
      !found.some((other) => other.option !== option && comesThrough(option, other.option)),
  );
}

function comesThrough({ related }: Option, { location }: Option): boolean {
  return related.some(
    ({ file, line, column }) =>
      file === location.file &&
      (line > location.line || (line === location.line && column >= location.column)) &&
      (line < location.endLine || (line === location.endLine && column < location.endColumn)),
  );
}

/** Whether a function may find a fault: `false` where it does nothing but give nothing back. */
function checks({ value }: Slot): Value {
  const node = value.kind === 'object' ? (value.closure?.node as FunctionNode | undefined) : undefined;
  const isEmpty = node !== undefined && givesNothing(node.body);
  return { kind: 'known', value: !isEmpty };
}

interface FunctionNode {
  readonly body: BodyNode;
}

interface BodyNode {
  readonly type: string;
  readonly name?: string;
  readonly operator?: string;
  readonly body?: readonly { readonly type: string; readonly argument?: BodyNode | null }[];
}

function givesNothing(body: BodyNode): boolean {
  if (body.type === 'BlockStatement') {
    const [first] = body.body ?? [];
    if (first === undefined) return true;
    return first.type === 'ReturnStatement' && (first.argument == null || givesNothing(first.argument));
  }
  return (
    (body.type === 'Identifier' && body.name === 'undefined') ||
    body.type === 'NullLiteral' ||
    (body.type === 'UnaryExpression' && body.operator === 'void')
  );
}

/** What is written of versions and ciphers. */
export function tlsSettingsOf(
  events: readonly ProgramEvent[],
  serverObjects: ReadonlySet<Obj>,
): TlsSetting[] {
  const used = usedFor(events);
  return tlsEvents(events).flatMap((event): TlsSetting[] => {
    const { owner, key, place } = event;
    if (!(strengthOptions as readonly string[]).includes(key)) return [];
    const option = optionOf({ ...slotOf(event)!, place }, place);
    const judged = judge(option.value, (value) => weakIn(key, value, owner));
    if (judged === null) return [];
    // Elsewhere a `minVersion` may be that of anything.
    const isTls = owner.external?.package === 'tls' || serverObjects.has(owner) || used.has(owner);
    if (judged.unknown !== null && !isTls) return [];
    return [
      {
        name: key,
        about: key === 'ciphers' || key === 'DEFAULT_CIPHERS' ? 'ciphers' : 'versions',
        side: key.startsWith('DEFAULT_') ? 'process' : serverObjects.has(owner) ? 'server' : 'client',
        location: option.location,
        related: option.related,
        ...judged,
        certainty: certaintyOf(event.conditions),
        fix: correction(key, option),
      },
    ];
  });
}

/** What all ways agree on; null where the value is none of the option's. */
function judge(
  value: Value,
  weakIn: (value: string) => readonly string[] | null,
): { weak: readonly string[]; unknown: Reason | null } | null {
  const answers: (readonly string[])[] = [];
  for (const one of alternatives(value)) {
    if (one.kind === 'unknown') return { weak: [], unknown: one.reason };
    const weak = one.kind === 'known' && typeof one.value === 'string' ? weakIn(one.value) : null;
    if (weak !== null) answers.push(weak);
    else if (one.kind !== 'absent' && !(one.kind === 'known' && one.value == null)) return null;
    else answers.push([]);
  }
  const [first = []] = answers;
  if (answers.every((weak) => weak.length > 0) || answers.every((weak) => weak.length === 0))
    return { weak: first, unknown: null };
  return value.kind === 'oneOf' ? { weak: [], unknown: value.reason } : null;
}

/** OpenSSL's SSL_OP_NO_TLSv1 and so on (include/openssl/ssl.h, 3.0). */
const switchedOff: readonly (readonly [TlsVersion, number])[] = [
  ['SSL 3', 0x02000000],
  ['TLS 1.0', 0x04000000],
  ['TLS 1.1', 0x10000000],
];

/** What a value of an option admits that is weak; null where it is no value of that option. */
function weakIn(key: string, text: string, owner: Obj): readonly string[] | null {
  switch (key) {
    case 'minVersion':
    case 'DEFAULT_MIN_VERSION': {
      const version = /^(?:TLS|SSL)v/.test(text) ? tlsVersion(text) : null;
      if (version === null) return null;
      const off = owner.slots.get('secureOptions')?.value ?? absentValue;
      const bits = off.kind === 'known' && typeof off.value === 'number' ? off.value : 0;
      return weakFrom(version).filter(
        (one) => !switchedOff.some(([without, bit]) => without === one && (bits & bit) !== 0),
      );
    }
    case 'maxVersion':
    case 'DEFAULT_MAX_VERSION': {
      const version = /^(?:TLS|SSL)v/.test(text) ? tlsVersion(text) : null;
      return version === null ? null : isWeakVersion(version) ? [version] : [];
    }
    case 'secureProtocol': {
      // `TLS_method` and `SSLv23_method` negotiate (Node.js 24, src/crypto/crypto_context.cc).
      const name = /^((?:SSL|TLS)v?[\d_]*?)_(?:server_|client_)?method$/.exec(text)?.[1];
      if (name === undefined) return null;
      const version = tlsVersion(name.replace('_', '.'));
      return version !== null && isWeakVersion(version) ? [version] : [];
    }
    default:
      return weakInOpenSslList(text);
  }
}

function correction(key: string, option: Option): TlsSetting['fix'] {
  const text = /min_?version/i.test(key)
    ? "'TLSv1.2'"
    : /max_?version/i.test(key)
      ? "'TLSv1.3'"
      : key === 'secureProtocol'
        ? "'TLSv1_2_method'"
        : null;
  return text === null ? null : (replaceLiteral(option, text, 'Accept TLS 1.2 or newer only').fix ?? null);
}
