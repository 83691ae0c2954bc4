/** Turns what handlers put on `req.session` into events that hold the value as it is at that moment. */
import type * as t from '@babel/types';
import { wordsIn } from './expression-words.ts';
import type { Machine } from './machine.ts';
import { modelValue } from './model-values.ts';
import { RequestMark, regeneratedKey, SessionMark } from './request-marks.ts';
import { baseName } from './resolve-module.ts';
import { isIdentityKey } from './session-identity.ts';
import { SourcePlace } from './source-place.ts';
import { known, type Obj, type Place, type Slot, truthy, unknown, type Val } from './values.ts';

/** Called wherever a property is written: tells of it where the object is a session. */
export function noteSessionWrite(
  m: Machine,
  owner: Obj,
  key: string,
  old: Slot | undefined,
  place: Place,
): void {
  if (owner.data instanceof SessionMark) {
    const slot = owner.slots.get(key);
    if (slot !== undefined && key !== 'cookie')
      emit(m, owner, key, old, slot.value, place, wordsAt(m, place));
  } else if (owner.data instanceof RequestMark && key === 'session') {
    const session = owner.slots.get(key)?.value;
    if (session?.kind !== 'object' || session.data !== null || session.external !== null) return;
    session.data = new SessionMark();
    for (const [name, slot] of session.slots)
      emit(m, session, name, undefined, slot.value, slot.place ?? place, null);
  }
}

/** A function that is not followed, and by its name gives the session a new id: `await regenerateSession(req)`. */
export function noteRenewal(m: Machine, args: readonly Val[], place: Place): void {
  const session = args.map(sessionOf).find((one) => one !== null);
  const node = m.callNode;
  if (session === undefined || node === null || !(place instanceof SourcePlace) || !place.isOf(node)) return;
  if (/(?:regenerate|renew|rotate)\w*\(\)$/i.test(wordsIn(node) ?? ''))
    m.state.setSlot(session, regeneratedKey, { value: known(true), place, hidden: true });
}

function sessionOf(value: Val): Obj | null {
  if (value.kind !== 'object') return null;
  if (value.data instanceof SessionMark) return value;
  const session = value.data instanceof RequestMark ? value.slots.get('session')?.value : undefined;
  return session?.kind === 'object' ? session : null;
}

/** What passport keeps of a user: what its serializeUser calls back with. */
export function noteSerializedUser(m: Machine, value: Val, isRecord: boolean, place: Place): void {
  m.emit({
    type: 'session-write',
    key: 'passport.user',
    value: modelValue(
      isRecord && value.kind === 'object' && value.open !== null ? unknown(value.open) : value,
    ),
    words: isRecord ? 'user' : null,
    place,
    regenerated: true,
    knownUser: false,
    within: '',
    conditions: m.state.conditions,
  });
}

function emit(
  m: Machine,
  session: Obj,
  key: string,
  old: Slot | undefined,
  value: Val,
  place: Place,
  words: string | null,
): void {
  m.emit({
    type: 'session-write',
    key,
    value: modelValue(value),
    words,
    place,
    regenerated: truthy(session.slots.get(regeneratedKey)?.value ?? known(false)) !== false,
    knownUser: holdsUser(session, key, old),
    within: within(m, place),
    conditions: m.state.conditions,
  });
}

/** Whether a condition on the way here has told that somebody is signed in already, or another write has just done it. */
function holdsUser(session: Obj, key: string, old: Slot | undefined): boolean {
  const holds = ({ value, place }: Slot): boolean =>
    truthy(value) === true || (place !== null && truthy(value) === null);
  if (old !== undefined && isIdentityKey(key) && truthy(old.value) === true) return true;
  return [...session.slots].some(([name, slot]) => name !== key && isIdentityKey(name) && holds(slot));
}

function wordsAt(m: Machine, place: Place): string | null {
  const node = m.assignmentNode;
  return node !== null && place instanceof SourcePlace && place.isOf(node) ? wordsIn(node.right) : null;
}

const maxWithin = 6_000;

/** What tells whether it is a login: the route, the functions' names, the text of the function around, the file's name. */
function within(m: Machine, place: Place): string {
  const text = m.sourceText(place.file) ?? '';
  let around = '';
  if (place instanceof SourcePlace) around = place.surroundings(text, maxWithin / 2);
  let whole = false;
  for (const call of m.callStack) {
    const node = call.node as t.Node;
    const { start, end } = node;
    if (start == null || end == null || !(place instanceof SourcePlace) || !place.isIn(node)) continue;
    if ((!whole || end - start > around.length) && end - start <= maxWithin) {
      around = text.slice(start, end);
      whole = true;
    }
  }
  return `${m.handling}\n${baseName(place.file)}\n${around}`;
}
