/** The globals that Node.js shares with browsers, and Buffer: addresses and encodings are computed, what else they make is said to be theirs. */
import { hanging } from './builtins-text.ts';
import type { Machine } from './machine.ts';

import {
  firstArg,
  type Install,
  known,
  type Native,
  type Obj,
  type Place,
  textOf,
  unknown,
  type Val,
} from './values.ts';

const parts = [
  'href',
  'protocol',
  'host',
  'hostname',
  'port',
  'pathname',
  'search',
  'hash',
  'username',
  'password',
  'origin',
] as const;

/** Names that a program may use without defining them, beside those that are followed. */
const others = [
  'AbortController',
  'AbortSignal',
  'ArrayBuffer',
  'Atomics',
  'BigInt64Array',
  'BigUint64Array',
  'Blob',
  'BroadcastChannel',
  'CompressionStream',
  'CustomEvent',
  'DOMException',
  'DataView',
  'DecompressionStream',
  'Event',
  'EventTarget',
  'File',
  'FinalizationRegistry',
  'Float32Array',
  'Float64Array',
  'FormData',
  'Headers',
  'Int16Array',
  'Int32Array',
  'Int8Array',
  'Intl',
  'MessageChannel',
  'Proxy',
  'ReadableStream',
  'Request',
  'Response',
  'SharedArrayBuffer',
  'TextDecoder',
  'TextEncoder',
  'TransformStream',
  'URLSearchParams',
  'Uint16Array',
  'Uint32Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'WeakRef',
  'WebAssembly',
  'WebSocket',
  'WritableStream',
  'escape',
  'fetch',
  'navigator',
  'performance',
  'unescape',
] as const;

export function installWeb(m: Machine, install: Install): void {
  const address: Native = (call) => {
    const [text, base] = call.args;
    const given = text === undefined ? null : textOf(addressOf(text));
    const below =
      base === undefined || (base.kind === 'known' && base.value === undefined)
        ? undefined
        : textOf(addressOf(base));
    if (given === null || below === null) return hanging(call, 'an address');
    try {
      return addressObject(m, new URL(given, below), call.place);
    } catch {
      m.risk++;
      return unknown({ kind: 'computed', text: 'it is made of an address that is not valid' }, call.place);
    }
  };
  install('URL', address, [['parse', address]]);
  m.globals.set('Buffer', makeBuffer(m));
  const encoded = (encode: (text: string) => string): Native => {
    return (call) => {
      const text = textOf(firstArg(call));
      return text === null ? hanging(call, 'an encoded text') : known(encode(text), call.place);
    };
  };
  m.globals.set('btoa', m.native(encoded((text) => Buffer.from(text, 'latin1').toString('base64'))));
  m.globals.set('atob', m.native(encoded((text) => Buffer.from(text, 'base64').toString('latin1'))));
  for (const name of others) {
    const made = m.native((call) => hanging(call, `what \`${name}\` makes`));
    made.open = { kind: 'computed', text: `it is computed by \`${name}\`` };
    m.globals.set(name, made);
  }
  const fromText: Native = (call) => {
    m.risk++;
    return unknown({ kind: 'computed', text: 'it is what code made from text does' }, call.place);
  };
  m.globals.set('eval', m.native(fromText));
  m.globals.set('Function', m.native(fromText));
}

/** The text of an address that is given as a `URL`; any other value as it is. */
export function addressOf<V extends Val | undefined>(value: V): V | Val {
  return value?.kind === 'object' ? (value.slots.get('href')?.value ?? value) : value;
}

function addressObject(m: Machine, address: URL, place: Place): Obj {
  const made = m.objectOf(
    parts.map((part) => [part, known(address[part], place)]),
    place,
  );
  const text: Native = (call) => m.get(made, 'href', call.place);
  for (const name of ['toString', 'toJSON', 'valueOf'])
    made.slots.set(name, { value: m.native(text), place: null, hidden: true });
  const parameters = m.object(place);
  parameters.slots.set('get', {
    value: m.native((call) => {
      const name = textOf(firstArg(call));
      return name === null ? hanging(call, 'a query') : known(address.searchParams.get(name), call.place);
    }),
    place: null,
    hidden: true,
  });
  parameters.open = { kind: 'computed', text: 'it is the query of an address' };
  made.slots.set('searchParams', { value: parameters, place: null, hidden: true });
  return made;
}

const encodings: ReadonlySet<string> = new Set([
  'utf8',
  'utf-8',
  'hex',
  'base64',
  'base64url',
  'latin1',
  'binary',
  'ascii',
]);

/** `Buffer.from(text, encoding).toString(encoding)`: texts written in another way are the same texts. */
function makeBuffer(m: Machine): Obj {
  const encodingOf = (value: Val | undefined): BufferEncoding | null => {
    if (value === undefined || (value.kind === 'known' && value.value === undefined)) return 'utf8';
    const name = textOf(value);
    return name !== null && encodings.has(name) ? (name as BufferEncoding) : null;
  };
  const from: Native = (call) => {
    const [content, encoding] = call.args;
    const text = content === undefined ? null : textOf(content);
    const read = encodingOf(encoding);
    if (text === null || read === null) return hanging(call, 'a buffer');
    const bytes = Buffer.from(text, read);
    const made = m.object(call.place);
    made.slots.set('length', { value: known(bytes.length, call.place), place: null, hidden: true });
    made.slots.set('toString', {
      value: m.native((inner) => {
        const written = encodingOf(inner.args[0]);
        return written === null
          ? hanging(inner, 'a buffer as text')
          : known(bytes.toString(written), inner.place);
      }),
      place: null,
      hidden: true,
    });
    made.open = { kind: 'computed', text: 'it is part of a buffer' };
    return made;
  };
  const made = m.native(from);
  made.slots.set('from', { value: m.native(from), place: null });
  made.open = { kind: 'computed', text: 'it is computed by `Buffer`' };
  return made;
}
