/** The mutable state of an abstract execution: a journal that lets both branches of an unknown condition run and be joined. */
import type { Reason } from '../app-model.ts';
import { absentValue, EnvironmentMark, type Obj, type Owned, oneOf, type Slot } from './values.ts';

/** A condition on which the way here depends; a linked list, the innermost first. */
export interface Condition {
  /** Equal ids mean the same question. */
  readonly id: string;
  readonly holds: boolean;
  readonly reason: Reason;
  readonly outer: Condition | null;
}

/** Conditions that no program states: that somebody calls a function, that an error is caught, that a loop has a round. */
const unstated = /^(?:orphan|callback|catch|loop|round|callee|self):/;

/** The innermost condition that the program itself states; null where it states none. */
export function statedCondition(conditions: Condition | null): Condition | null {
  let at = conditions;
  while (at !== null && unstated.test(at.id)) at = at.outer;
  return at;
}

/** The condition under which a function runs that nothing was seen to call. */
export function isCalledByNobody(condition: Condition): boolean {
  return condition.id.startsWith('orphan:');
}

type Field = 'slots' | 'elements' | 'open';

interface Entry {
  readonly owner: Owned;
  readonly field: Field;
  readonly key: string;
  readonly old: unknown;
}

/** What one path changed: per owner and key the value before and after. */
export interface Changes {
  readonly entries: Map<Owned, Map<string, { field: Field; key: string; before: unknown; after: unknown }>>;
  /** Owners with an id in [from, to) were made on this path. */
  readonly from: number;
  readonly to: number;
}

/** An open journal. */
export interface Token {
  readonly outer: Entry[] | null;
  readonly outerFresh: number;
  readonly from: number;
}

/** Ends a path: a thrown error, or the end of the process. No Error: it is thrown often, and nobody reads a stack. */
export class PathEnd {
  readonly how: 'throw' | 'exit' | 'limit';
  constructor(how: 'throw' | 'exit' | 'limit') {
    this.how = how;
  }
}

export class State {
  private watched: Entry[] | null = null;
  /**
   * Owners with an id from here on were made since the journal was opened. Nobody outside of that path has them, so what changes in them
   * need not be taken back, and most of what changes is in the scopes and objects of the calls under way.
   */
  private freshFrom = 0;
  /** Owners with an id below may have been made by a module, which stays when the path that loaded it is taken back. */
  private lastingBelow = 0;
  conditions: Condition | null = null;
  /** Told how many entries a join, a rollback or a redo has touched. */
  onWork: (touched: number) => void = () => undefined;
  private next = 1;

  /** Null while nothing can be rolled back. */
  get journal(): Entry[] | null {
    return this.watched;
  }

  /** What was made while another journal, or none, was open may be reachable from anywhere. */
  set journal(journal: Entry[] | null) {
    this.watched = journal;
    this.lastingBelow = this.next;
    this.freshFrom = this.next;
  }

  private begin(journal: Entry[]): void {
    this.watched = journal;
    this.freshFrom = this.next;
  }

  private end(outer: Entry[] | null, outerFresh: number): void {
    this.watched = outer;
    this.freshFrom = Math.max(outerFresh, this.lastingBelow);
  }

  private note(owner: Owned, field: Field, key: string, old: unknown): void {
    if (this.watched !== null && owner.id < this.freshFrom) this.watched.push({ owner, field, key, old });
  }

  newId(): number {
    return this.next++;
  }

  peekId(): number {
    return this.next;
  }

  /** The smallest id among the owners written since it was last set to infinity: whether a call has changed anything older than itself. */
  lowestWritten = Number.POSITIVE_INFINITY;

  setSlot(owner: Owned, key: string, slot: Slot | undefined): void {
    if (owner.id < this.lowestWritten) this.lowestWritten = owner.id;
    if (this.watched !== null) this.note(owner, 'slots', key, owner.slots.get(key));
    if (slot === undefined) owner.slots.delete(key);
    else owner.slots.set(key, slot);
  }

  setElements(owner: Obj, elements: readonly Slot[]): void {
    if (owner.id < this.lowestWritten) this.lowestWritten = owner.id;
    this.note(owner, 'elements', '', owner.elements);
    owner.elements = elements;
  }

  setOpen(owner: Obj, open: Reason | null): void {
    if (owner.id < this.lowestWritten) this.lowestWritten = owner.id;
    this.note(owner, 'open', '', owner.open);
    owner.open = open;
  }

  /** What the current journal changed. */
  private changes(journal: readonly Entry[], from: number): Changes {
    const entries: Changes['entries'] = new Map();
    this.onWork(journal.length);
    for (const entry of journal) {
      let byKey = entries.get(entry.owner);
      if (byKey === undefined) {
        byKey = new Map();
        entries.set(entry.owner, byKey);
      }
      const id = entry.field === 'slots' ? entry.key : `\0${entry.field}`;
      if (!byKey.has(id)) {
        byKey.set(id, {
          field: entry.field,
          key: entry.key,
          before: entry.old,
          after: read(entry.owner, entry.field, entry.key),
        });
      }
    }
    return { entries, from, to: this.next };
  }

  /** Runs `path` and takes back all that it changed; returns what that was. A PathEnd ends the path. */
  attempt<T>(condition: Condition | null, path: () => T): { result: T | PathEnd; changes: Changes } {
    const outerJournal = this.watched;
    const outerFresh = this.freshFrom;
    const outerConditions = this.conditions;
    const from = this.next;
    const journal: Entry[] = [];
    this.begin(journal);
    if (condition !== null) this.conditions = condition;
    let result: T | PathEnd;
    try {
      result = path();
    } catch (error) {
      if (!(error instanceof PathEnd)) throw error;
      result = error;
    }
    // Journals opened inside and left open by a path that ended early were folded into this one by closeTo.
    const changes = this.changes(journal, from);
    for (let i = journal.length - 1; i >= 0; i--)
      write(journal[i]!.owner, journal[i]!.field, journal[i]!.key, journal[i]!.old);
    this.end(outerJournal, outerFresh);
    this.conditions = outerConditions;
    return { result, changes };
  }

  /** Does again what a rolled-back path did. */
  redo(changes: Changes): void {
    this.onWork(changes.entries.size);
    for (const [owner, byKey] of changes.entries) {
      for (const change of byKey.values()) this.put(owner, change.field, change.key, change.after);
    }
  }

  /** Opens a journal whose changes can later be joined with another path's; objects with an id from `from` count as made on this path. */
  open(from: number): Token {
    const token = { outer: this.watched, outerFresh: this.freshFrom, from };
    this.begin([]);
    return token;
  }

  /** Closes the journal of `token` without joining. */
  fold(token: Token): void {
    const journal = this.watched ?? [];
    this.end(token.outer, token.outerFresh);
    if (token.outer !== null) for (const entry of journal) token.outer.push(entry);
  }

  /** Closes the journal of `token` and takes back all that happened since. */
  abandon(token: Token): void {
    const journal = this.watched ?? [];
    for (let i = journal.length - 1; i >= 0; i--)
      write(journal[i]!.owner, journal[i]!.field, journal[i]!.key, journal[i]!.old);
    this.end(token.outer, token.outerFresh);
  }

  /** Closes the journal of `token`: the state becomes the join of what happened since (the living path) and `other`. */
  joinWith(token: Token, other: Changes, reason: Reason): void {
    const journal = this.watched ?? [];
    const living = this.changes(journal, token.from);
    this.end(token.outer, token.outerFresh);
    // The outer journal needs what was there before, once: entries that went up one by one would grow with each join on the way.
    for (const [owner, byKey] of living.entries)
      for (const { field, key, before } of byKey.values()) this.note(owner, field, key, before);
    for (const [owner, byKey] of other.entries) {
      const livingKeys = living.entries.get(owner);
      for (const [id, change] of byKey) {
        const mine = livingKeys?.get(id);
        const now = settled(
          owner,
          change,
          mine === undefined ? read(owner, change.field, change.key) : mine.after,
        );
        const content =
          owner.id >= other.from && owner.id < other.to
            ? change.after
            : joinContent(change.field, now, settled(owner, change, change.after), reason);
        if (mine === undefined) this.put(owner, change.field, change.key, content);
        else write(owner, change.field, change.key, content);
      }
    }
    for (const [owner, byKey] of living.entries) {
      if (owner.id >= token.from && !(owner.id >= other.from && owner.id < other.to)) continue; // made on the living path only
      const otherKeys = other.entries.get(owner);
      for (const [id, change] of byKey) {
        if (otherKeys?.has(id)) continue;
        write(
          owner,
          change.field,
          change.key,
          joinContent(
            change.field,
            settled(owner, change, change.after),
            settled(owner, change, change.before),
            reason,
          ),
        );
      }
    }
  }

  private put(owner: Owned, field: Field, key: string, content: unknown): void {
    if (this.watched !== null) this.note(owner, field, key, read(owner, field, key));
    write(owner, field, key, content);
  }
}

function read(owner: Owned, field: Field, key: string): unknown {
  return field === 'slots' ? owner.slots.get(key) : (owner as Obj)[field];
}

function write(owner: Owned, field: Field, key: string, content: unknown): void {
  if (field === 'slots') {
    if (content === undefined) owner.slots.delete(key);
    else owner.slots.set(key, content as Slot);
  } else if (field === 'elements') (owner as Obj).elements = content as readonly Slot[] | null;
  else (owner as Obj).open = content as Reason | null;
}

/** A variable of the environment that a path has not written is what the environment says. */
function settled(owner: Owned, { field, key }: { field: Field; key: string }, content: unknown): unknown {
  if (field !== 'slots' || content !== undefined) return content;
  const { data } = owner as Obj;
  return data instanceof EnvironmentMark ? { value: data.read(key, null), place: null } : undefined;
}

function joinContent(field: Field, a: unknown, b: unknown, reason: Reason): unknown {
  if (a === b) return a;
  if (field === 'open') return a ?? b;
  if (field === 'elements')
    return joinElements(a as readonly Slot[] | null, b as readonly Slot[] | null, reason);
  return joinSlots(a as Slot | undefined, b as Slot | undefined, reason);
}

function joinSlots(a: Slot | undefined, b: Slot | undefined, reason: Reason): Slot {
  const one: Slot = a ?? { value: absentValue, place: null };
  const two: Slot = b ?? { value: absentValue, place: null };
  if (one.getter !== undefined || two.getter !== undefined) return one.getter !== undefined ? one : two;
  return { value: oneOf([one.value, two.value], reason), place: one.place ?? two.place };
}

/** Elementwise; what only the longer one has may be absent. */
function joinElements(a: readonly Slot[] | null, b: readonly Slot[] | null, reason: Reason): readonly Slot[] {
  const one = a ?? [];
  const two = b ?? [];
  const length = Math.max(one.length, two.length);
  return Array.from({ length }, (_, i) => joinSlots(one[i], two[i], reason));
}
