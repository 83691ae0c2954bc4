/** Turns what a session middleware was given into its single options, as the middleware reads them. */
import type { Option, Reason, SessionFacts } from '../app-model.ts';
import type { SessionRecord } from './events.ts';
import type { Machine } from './machine.ts';
import { optionOf } from './model-values.ts';
import {
  absentValue,
  type Obj,
  type Place,
  reasonIn,
  type Slot,
  StartTime,
  singles,
  undefinedValue,
  unknown,
  type Val,
} from './values.ts';

/** Options that cookie-session reads when it is made. */
const readAtCall: ReadonlySet<string> = new Set(['keys', 'secret', 'signed']);

/** What cookie-session does not copy but asks for by name (cookies 0.9, index.js: `opts.secure`), or what it never reads. */
const notCopied: ReadonlySet<string> = new Set(['secure', 'overwrite', 'cookie']);

/** Such functions pick a few options; one that does more stays unknown. */
const stepsPerOptionsFunction = 2_000;

const absentSlot: Slot = { value: absentValue, place: null };

/** One option of a session middleware, by the parts of its path. */
export function sessionOption(
  m: Machine,
  record: SessionRecord,
  facts: SessionFacts,
  [first, ...rest]: readonly string[],
): Option {
  const top = record.top.get(first!);
  const missing: Slot = record.open === null ? absentSlot : { value: unknown(record.open), place: null };
  let slot = top ?? missing;
  // cookie-session copies the options for each request (index.js, `req.sessionOptions`), so what is set later counts.
  if (record.middleware === 'cookie-session' && record.options.kind === 'object' && !readAtCall.has(first!)) {
    const options = { value: record.options, place: record.created };
    const live = nested(m, options, first!, record.created, notCopied.has(first!));
    // Its name it reads at the call too, enumerable or not: `opts.name || 'session'`.
    if (first !== 'name' || top === undefined || isFalsy(top.value) || !isAbsent(live.value))
      slot = reasonIn(live.value) === null || top !== undefined || live.place !== null ? live : slot;
  }
  const read = (whole: Slot): Slot => {
    let at = whole;
    for (const name of rest) at = nested(m, at, name, at.place ?? record.created);
    return at;
  };
  if (first !== 'cookie' || !facts.cookieFunction) return optionOf(read(slot), record.created);
  return perRequest(m, slot, record.created, read);
}

/**
 * Reads from what a slot holds; where that is a function, from what it gives for a request: since express-session 1.19 `cookie` may be one.
 * What the function changes is not start-up's doing: it is taken back.
 */
function perRequest(m: Machine, slot: Slot, place: Place, read: (whole: Slot) => Slot): Option {
  const parts = singles(slot.value);
  const fn = parts.find((part) => part.kind === 'object' && part.closure !== null);
  if (fn === undefined) return optionOf(read(slot), place);
  let answer: Option | null = null;
  if (parts.length === 1)
    m.trial(() => {
      const first = m.state.newId();
      const request = {
        ...unknown({ kind: 'request', text: 'it depends on the request' }, place),
        truthy: true,
      };
      const given = read({ value: m.call(fn, undefinedValue, [request], place), place: slot.place });
      answer = optionOf({ ...given, value: ofRequest(m, given.value, first) }, place);
    }, stepsPerOptionsFunction);
  if (answer !== null) return answer;
  const reason: Reason = { kind: 'request', text: 'a function gives the options for each request' };
  return optionOf(read({ value: unknown(reason, place), place: slot.place }), place);
}

/** One property of what a slot holds, as start-up left it. */
function nested(m: Machine, slot: Slot, name: string, place: Place, byName = name === 'path'): Slot {
  const parts = singles(slot.value);
  let where: Place | null = null;
  const first = m.state.newId();
  // A getter is asked anew for each request.
  const value = ofRequest(m, m.get(slot.value, name, place), first);
  for (const part of parts) {
    if (part.kind !== 'object') continue;
    for (let at: Obj | null = part; at !== null; at = at.proto) {
      const found = at.slots.get(name);
      // express-session copies the cookie's options (session/cookie.js), which passes over what is not enumerable.
      // It asks for the path by name, too (index.js, `originalPath`).
      if (found?.hidden === true && parts.length === 1 && !byName && !isAuto(value, name)) return absentSlot;
      if (found !== undefined) {
        where ??= found.place;
        break;
      }
    }
  }
  // Something undefined has no properties: the middleware then takes its defaults.
  if (parts.every((part) => part.kind === 'known')) return absentSlot;
  return { value, place: where };
}

/** express-session asks for `auto` by name (1.19, index.js, `store.generate`) and then sets the attribute itself. */
function isAuto(value: Val, name: string): boolean {
  return (name === 'secure' || name === 'sameSite') && value.kind === 'known' && value.value === 'auto';
}

/** A date of the moment that was made since `first`, for a request, is none of start-up's. */
function ofRequest(m: Machine, value: Val, first: number): Val {
  if (value.kind !== 'object' || !(value.data instanceof StartTime) || value.id < first) return value;
  return value.slots.get('@@time')?.value.kind === 'known' ? value : m.object(value.place);
}

function isFalsy(value: Val): boolean {
  return value.kind === 'known' && !value.value;
}

function isAbsent(value: Val): boolean {
  return value.kind === 'known' && value.absent === true;
}
