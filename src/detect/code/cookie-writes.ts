/** Turns a handler's calls that write a cookie into events that hold the cookie as it is at the call. */
import type * as t from '@babel/types';
import type { CookieWrite, Option, Reason } from '../app-model.ts';
import type { CookieRecord } from './events.ts';
import { wordsIn } from './expression-words.ts';
import type { Machine } from './machine.ts';
import { modelValue, optionOf } from './model-values.ts';
import { appendArgument, insertInto } from './session-edits.ts';
import { SourcePlace } from './source-place.ts';
import {
  absentValue,
  comesFrom,
  known,
  mapValue,
  type NativeCall,
  type Obj,
  type Place,
  type Slot,
  StartTime,
  singles,
  type TextPiece,
  undefinedValue,
  unknown,
  type Val,
} from './values.ts';

/** What `serialize` of the package cookie made: the text of a Set-Cookie header. */
export class SerializedCookie {
  readonly record: CookieRecord;
  constructor(record: CookieRecord) {
    this.record = record;
  }
}

/** `(name, value, options)`: Express' res.cookie, `set` of the package cookies, `serialize` of the package cookie. */
export function cookieRecord(m: Machine, by: CookieWrite['by'], call: NativeCall): CookieRecord {
  const [name = undefinedValue, value = undefinedValue, options = undefinedValue] = call.args;
  const open = call.open === null ? null : unknown(call.open, call.place);
  const place = callPlace(m, call);
  const attributes = snapshot(m, by, open ?? options, place);
  return {
    by,
    name: modelValue(open ?? name),
    value: modelValue(open ?? value),
    words: wordsOf(m, call, 1),
    ...attributes,
    place,
    write: editsOf(m, by, call, options, attributes.attribute),
    expiresNow: isNow(options),
  };
}

/** The call without the calls before it in its chain: `cookie('a', b)` of `res.status(200).cookie('a', b)`. */
function callPlace(m: Machine, { place }: NativeCall): Place {
  const node = m.callNode;
  if (!(place instanceof SourcePlace) || node?.callee.type !== 'MemberExpression' || !place.isOf(node))
    return place;
  const { object, property } = node.callee;
  return object.type !== 'CallExpression' || property.start == null
    ? place
    : place.beginningAt(property.start);
}

/** Tells of a cookie that is written now. */
export function writeCookie(m: Machine, by: CookieWrite['by'], call: NativeCall): void {
  // Without a value it is another library's function of that name, or reads.
  if (call.args.length < 2 && call.open === null) return;
  emitCookie(m, cookieRecord(m, by, call));
}

function emitCookie(m: Machine, record: CookieRecord): void {
  m.emit({ type: 'cookie', record, conditions: m.state.conditions });
}

/**
 * Tells of a cookie that a middleware will send with its tokens, by the options that it was given; an option that is undefined is left to the
 * middleware's defaults.
 */
export function tokenCookie(
  m: Machine,
  by: CookieWrite['by'],
  cookie: {
    readonly name: Val;
    readonly options: Val;
    readonly defaults: readonly (readonly [string, string | boolean])[];
    readonly value: CookieRecord['value'];
    readonly place: Place;
  },
): void {
  const { place } = cookie;
  const { attribute, inherited } = snapshot(m, by, cookie.options, place);
  const all = new Map(attribute);
  for (const [name, preset] of cookie.defaults)
    if (isUnset(all.get(name)?.value)) all.set(name, optionOf({ value: known(preset), place }, place));
  emitCookie(m, {
    by,
    name: modelValue(cookie.name),
    value: cookie.value,
    words: 'csrfToken',
    attribute: all,
    inherited,
    place,
    expiresNow: false,
    write: () => null,
  });
}

function isUnset(value: Option['value'] | undefined): boolean {
  return (
    value === undefined || value.kind === 'absent' || (value.kind === 'known' && value.value === undefined)
  );
}

/** The options as they are now: a handler's objects are gone after its run. */
function snapshot(
  m: Machine,
  by: CookieWrite['by'],
  options: Val,
  place: Place,
): Pick<CookieRecord, 'attribute' | 'inherited'> {
  const attribute = new Map<string, Option>();
  const inherited = new Set<string>();
  for (const name of ['secure', 'httpOnly', 'sameSite', 'maxAge', 'expires', 'domain', 'path', 'signed']) {
    // cookie's serialize asks for each by name, and so does cookies for `secure` (index.js of both); all else copies what is enumerable.
    const byName = by === 'Set-Cookie' || (by === 'cookies.set' && name === 'secure');
    const option = readOption(m, options, name, byName, place);
    attribute.set(name, optionOf(option.slot, place));
    if (option.inherited) inherited.add(name);
  }
  return { attribute, inherited };
}

/** One option, with where it was written; absent where what copies the options passes it over. */
function readOption(
  m: Machine,
  options: Val,
  name: string,
  byName: boolean,
  place: Place,
): { readonly slot: Slot | undefined; readonly inherited: boolean } {
  let written: Place | null = null;
  let found = false;
  let inherited = false;
  const value = mapValue(options, (single): Val => {
    if (single.kind === 'known') return absentValue;
    if (single.kind === 'unknown') {
      found = true;
      return unknown(single.reason, place);
    }
    for (let at: Obj | null = single; at !== null; at = at.proto) {
      const slot = at.slots.get(name);
      if (slot === undefined) continue;
      if (slot.hidden === true && !byName) return absentValue;
      found = true;
      if (at !== single) inherited = true;
      written ??= slot.place;
      return m.get(single, name, place);
    }
    const open = single.open ?? (single.external === null ? null : comesFrom(single.external.package));
    if (open === null) return absentValue;
    found = true;
    return unknown(open, place);
  });
  return { slot: found ? { value, place: written } : undefined, inherited };
}

/** `expires: new Date()`: it is over when it arrives. */
function isNow(options: Val): boolean {
  const expires = options.kind === 'object' ? options.slots.get('expires')?.value : undefined;
  return expires?.kind === 'object' && expires.data instanceof StartTime && expires.data.isNow;
}

/** What is written where an option is missing. */
const corrections = [
  ['httpOnly', 'true'],
  ['secure', 'true'],
  ['sameSite', "'lax'"],
] as const;

/** As `CookieWrite.write`, for a call with options. */
function editsOf(
  m: Machine,
  by: CookieWrite['by'],
  call: NativeCall,
  options: Val,
  attribute: CookieRecord['attribute'],
): CookieRecord['write'] {
  // What the package cookies leaves to the connection, or has on by default, is no lack.
  const lacking = corrections.filter(
    ([name]) => attribute.get(name)?.value.kind === 'absent' && (by !== 'cookies.set' || name === 'sameSite'),
  );
  const node = nodeOf(m, call);
  if (options.kind === 'object') {
    const literal = options.literal as t.ObjectExpression | null;
    if (literal === null) return () => null;
    // Others may share an object that stands elsewhere, and some cookies are for scripts.
    const isInCall = node !== null && options.place?.file === call.place.file && isWithin(literal, node);
    return (name) => {
      const added = lacking.filter(([one]) => (literal.properties.length === 0 ? true : one === name));
      if (!isInCall && added.some(([one]) => one === 'httpOnly')) return null;
      return added.some(([one]) => one === name) ? insertInto(m, options, new Map(added)) : null;
    };
  }
  const end = node?.arguments[1]?.end;
  if (node?.arguments.length !== 2 || end == null || call.open !== null) return () => null;
  const argument = `{ ${lacking.map(([name, text]) => `${name}: ${text}`).join(', ')} }`;
  return () => appendArgument(m, call.place.file, end, argument);
}

function isWithin(inner: t.Node, outer: t.Node): boolean {
  return (outer.start ?? 0) <= (inner.start ?? -1) && (inner.end ?? 0) <= (outer.end ?? -1);
}

/** The call as it is written; null where a function calls in between. */
function nodeOf(m: Machine, { place }: NativeCall): Machine['callNode'] {
  return m.callNode !== null && place instanceof SourcePlace && place.isOf(m.callNode) ? m.callNode : null;
}

/** What the program calls an argument: `user.token`, `generateToken()`; null where it is written otherwise. */
export function wordsOf(m: Machine, call: NativeCall, index: number): string | null {
  const argument = nodeOf(m, call)?.arguments[index];
  return argument === undefined ? null : wordsIn(argument);
}

/** A header that may be Set-Cookie: with what `serialize` made, or a text that the program puts together itself. */
export function writeHeader(m: Machine, name: Val, content: Val, call: NativeCall): void {
  if (name.kind !== 'known' || String(name.value).toLowerCase() !== 'set-cookie') return;
  for (const single of singles(content)) {
    const texts =
      single.kind === 'object' && single.elements !== null
        ? single.elements.map((slot) => slot.value)
        : [single];
    for (const text of texts.flatMap(singles)) {
      if (text.kind === 'object' && text.data instanceof SerializedCookie) emitCookie(m, text.data.record);
      else if (text.kind === 'known' && typeof text.value === 'string')
        emitText(m, [{ text: text.value, words: null }], call);
      else if (text.kind === 'unknown' && text.pieces !== undefined) emitText(m, text.pieces, call);
    }
  }
}

const notLiteral: Reason = { kind: 'computed', text: 'it is put together as text' };

/** A cookie written as the text of its header: `name=value; HttpOnly; Secure`. */
function emitText(m: Machine, pieces: readonly TextPiece[], call: NativeCall): void {
  let text = '';
  let called: string | null = null;
  // Stands for what is not known; no header can hold it.
  const gap = '\u0000';
  for (const piece of pieces) {
    if (piece.text === null && !text.includes(';')) called ??= piece.words;
    text += piece.text ?? gap;
  }
  if (text.length > 8192) return;
  const [pair = '', ...attributes] = text.split(';').map((part) => part.trim());
  const at = pair.indexOf('=');
  const name = at < 0 ? '' : pair.slice(0, at);
  if (name === '' || name.includes(gap)) return;
  const value = pair.slice(at + 1);
  const options = m.object(call.place);
  let open = false;
  for (const part of attributes) {
    const [key = '', content = null] = part.split('=', 2);
    const attributeName = attributeNames.get(key.trim().toLowerCase());
    if (key.includes(gap)) open = true;
    if (attributeName === undefined) continue;
    options.slots.set(attributeName, {
      value: attributeValue(attributeName, content),
      place: call.place,
    });
  }
  if (open) options.open = notLiteral;
  emitCookie(m, {
    by: 'Set-Cookie',
    name: { kind: 'known', value: name },
    value: value.includes(gap) ? { kind: 'unknown', reason: notLiteral } : { kind: 'known', value },
    words: called,
    ...snapshot(m, 'Set-Cookie', options, call.place),
    place: call.place,
    write: () => null,
    expiresNow: false,
  });
}

function attributeValue(name: string, content: string | null): Val {
  if (name === 'secure' || name === 'httpOnly') return known(true);
  if (content === null || content.includes('\u0000')) return unknown(notLiteral);
  if (name === 'maxAge') return known(Number(content));
  return known(content);
}

const attributeNames: ReadonlyMap<string, string> = new Map([
  ['secure', 'secure'],
  ['httponly', 'httpOnly'],
  ['samesite', 'sameSite'],
  ['max-age', 'maxAge'],
  ['expires', 'expires'],
  ['domain', 'domain'],
  ['path', 'path'],
]);
