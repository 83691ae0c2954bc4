/** Turns Date into one whose time is known or hangs on when the program starts. */
import type { Reason } from '../app-model.ts';
import { hanging } from './builtins-text.ts';
import type { Machine } from './machine.ts';
import {
  firstArg,
  type Install,
  known,
  type Native,
  type NativeCall,
  StartTime,
  unknown,
  type Val,
} from './values.ts';

const timeAtStart: Reason = {
  kind: 'computed',
  text: 'it is the time at which the program starts',
  guessable: true,
};

const dateReaders = [
  'toISOString',
  'toUTCString',
  'toJSON',
  'getFullYear',
  'getMonth',
  'getDate',
  'getDay',
  'getHours',
  'getMinutes',
  'getSeconds',
  'getMilliseconds',
] as const;

const dateWriters = [
  'setDate',
  'setHours',
  'setMinutes',
  'setSeconds',
  'setFullYear',
  'setMonth',
  'setMilliseconds',
] as const;

/** The same in UTC: where the machine stands is nothing that the repository says. */
function inUtc(name: string): string {
  return /^[gs]et/.test(name) ? `${name.slice(0, 3)}UTC${name.slice(3)}` : name;
}

/** Methods of dates. */
export function dateMembers(m: Machine): Map<string, Native> {
  const table = new Map<string, Native>();
  const time: Native = (call) => m.get(call.self, '@@time', call.place);
  table.set('getTime', time);
  table.set('valueOf', time);
  table.set('toString', time);
  const of = (call: NativeCall): Date | null => {
    const value = time(call);
    return value.kind === 'known' ? new Date(Number(value.value)) : null;
  };
  for (const base of dateReaders)
    for (const name of new Set([base, inUtc(base)]))
      table.set(name, (call) => {
        const date = of(call);
        if (date === null || Number.isNaN(date.getTime())) return time(call);
        const read = inUtc(base) as 'getUTCDate' | 'toISOString';
        return known(date[read](), call.place);
      });
  const write = (call: NativeCall, value: Val): Val => {
    if (call.self.kind === 'object' && call.self.data instanceof StartTime) call.self.data.isNow = false;
    if (call.self.kind === 'object') m.state.setSlot(call.self, '@@time', { value, place: call.place });
    return value;
  };
  for (const base of dateWriters)
    for (const name of [base, inUtc(base)])
      table.set(name, (call) => {
        const date = of(call);
        const numbers = call.args.map((arg) => (arg.kind === 'known' ? Number(arg.value) : null));
        if (date === null || numbers.includes(null))
          return write(call, hanging({ ...call, self: time(call) }, 'a date'));
        const set = inUtc(base) as 'setUTCDate';
        return write(call, known(date[set](...(numbers as [number])), call.place));
      });
  table.set('setTime', (call) => write(call, firstArg(call)));
  return table;
}

/** The time that `new Date(…)` takes from its arguments. */
function timeGiven(call: NativeCall): Val {
  const [first] = call.args;
  if (first === undefined) return unknown(call.open ?? timeAtStart, call.place);
  if (call.args.length > 1) return timeOfParts(call, 'a date');
  if (first.kind === 'object' && first.data instanceof StartTime)
    return first.slots.get('@@time')?.value ?? hanging(call, 'a date');
  if (first.kind !== 'known' || typeof first.value === 'bigint') return first;
  const { value } = first;
  return known(typeof value === 'string' ? new Date(value).getTime() : Number(value), call.place);
}

function timeOfParts(call: NativeCall, what: string): Val {
  const numbers = call.args.map((arg) => (arg.kind === 'known' ? Number(arg.value) : null));
  if (numbers.includes(null) || call.open !== null) return hanging(call, what);
  return known(Date.UTC(...(numbers as [number])), call.place);
}

export function installDates(m: Machine, install: Install): void {
  const makeDate: Native = (call) => {
    if (!call.construct) return unknown(timeAtStart, call.place);
    const made = m.object(call.place);
    made.data = new StartTime(call.args.length === 0);
    made.slots.set('@@time', { value: timeGiven(call), place: call.place, hidden: true });
    return made;
  };
  install('Date', makeDate, [
    ['now', (call) => unknown(timeAtStart, call.place)],
    ['parse', timeGiven],
    ['UTC', (call) => timeOfParts(call, 'Date.UTC()')],
  ]);
}
