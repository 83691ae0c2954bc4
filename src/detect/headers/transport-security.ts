/** Turns what a handler does to Strict-Transport-Security into for how long browsers keep to HTTPS by its doing. */

import type { Location } from '../../model/location.ts';
import {
  type Answer,
  alternatives,
  ask,
  isUnset,
  type Option,
  type Reason,
  type Value,
} from '../app-model.ts';
import {
  byVersion,
  defaultProtection,
  isHelmet,
  isVersion,
  type Middleware,
  protection,
  singleProtection,
} from './helmet-options.ts';
import type { Action } from './passage.ts';
import { luscaOption } from './set-headers.ts';

/** 180 days, the least that counts. */
export const leastSeconds = 15_552_000;

export interface TransportSecurity {
  /** Whether it is switched off, or holds for less than 180 days. */
  readonly weak: Answer;
  /** As it is sent, in seconds; null where it is not sent at all. */
  readonly seconds: number | null;
  /** The option that says so, where one is written. */
  readonly option: Option | null;
  readonly name: string | null;
  readonly location: Location;
  /** Where maxAge is written: in what it counts, and the least of it. */
  readonly unit: 'seconds' | 'milliseconds';
}

/** What an action says of HSTS; null where it says nothing of it. */
export function transportSecurity({ handler, header }: Action): TransportSecurity | null {
  if (header !== null) {
    if (header.name !== 'strict-transport-security' || header.kind !== 'set-header') return null;
    return ofHeader(header.option);
  }
  if (handler.kind !== 'middleware') return null;
  const of = protection('strict-transport-security')!;
  if (isHelmet(handler)) {
    const state = defaultProtection(handler, of)!;
    if (state.sent.kind !== 'yes')
      return state.option === null
        ? null
        : {
            weak: state.sent.kind === 'no' ? { kind: 'yes' } : state.sent,
            seconds: null,
            option: state.option,
            name: state.name,
            location: state.option.location,
            unit: 'seconds',
          };
    return ofOptions(handler, state.option, state.name);
  }
  const lusca = luscaOption(handler, 'strict-transport-security');
  if (lusca !== null) return ofLusca(lusca);
  return singleProtection(handler) === of ? ofOptions(handler, handler.args[0] ?? null, null) : null;
}

/** hsts 1.0.0 `index.js`, in helmet 1 and 2: milliseconds, one day; hsts 2.0.0, in helmet 3: seconds, 180 days. */
function countsMilliseconds({ package: name }: Middleware, version: string): boolean {
  return isVersion(version, name === 'hsts' ? '<2.0.0' : '<3.0.0');
}

/** helmet 8.0.0 `index.cjs`: `DEFAULT_MAX_AGE = 365 * 24 * 60 * 60`; 180 days from 3.0.0 on. */
function defaultSeconds(middleware: Middleware, version: string): number {
  if (countsMilliseconds(middleware, version)) return 86_400;
  return middleware.package === 'helmet' && isVersion(version, '>=8.0.0') ? 31_536_000 : leastSeconds;
}

function ofOptions(
  middleware: Middleware,
  options: Option | null,
  path: string | null,
): TransportSecurity | null {
  const maxAge = fieldOf(options, 'maxAge');
  const written = maxAge !== null && !isUnset(maxAge.value) ? maxAge : null;
  let seconds: number | null = null;
  let unit: TransportSecurity['unit'] = 'seconds';
  const weak = byVersion(middleware, (version): Answer => {
    const milliseconds = countsMilliseconds(middleware, version);
    const divisor = milliseconds ? 1000 : 1;
    const byDefault = defaultSeconds(middleware, version);
    if (isVersion(version, '<2.0.0') && isHelmet(middleware)) {
      seconds = byDefault;
      return { kind: 'yes' };
    }
    if (written === null) {
      const open = openIn(options);
      if (open !== null) return { kind: 'unknown', reason: open };
      seconds = byDefault;
      return { kind: byDefault < leastSeconds ? 'yes' : 'no' };
    }
    return ask(written.value, (value) => {
      if (isUnset(value)) return byDefault < leastSeconds;
      // What a library makes of a time (`hoursToSeconds(24 * 365)`) was meant as one.
      if (value.kind === 'instance') return false;
      const number = numberOf(value);
      if (number === null) return value.kind === 'known' ? false : null;
      if (number / divisor >= leastSeconds) return false;
      seconds = Math.floor(number / divisor);
      unit = milliseconds ? 'milliseconds' : 'seconds';
      return true;
    });
  });
  if (weak.kind === 'no') return null;
  const name = written === null ? null : path === null ? 'maxAge' : `${path}.maxAge`;
  return {
    weak,
    seconds,
    option: written,
    name,
    location: (written ?? options)?.location ?? middleware.created,
    unit,
  };
}

function fieldOf(options: Option | null, name: string): Option | null {
  for (const value of options === null ? [] : alternatives(options.value)) {
    const field = value.kind === 'object' ? value.fields.get(name) : undefined;
    if (field !== undefined) return field;
  }
  return null;
}

/** Why the options may hold more than is seen; a value that is wholly unknown may as well be none. */
function openIn(options: Option | null): Reason | null {
  for (const value of options === null ? [] : alternatives(options.value))
    if (value.kind === 'object' && value.open !== null) return value.open;
  return null;
}

function numberOf(value: Value): number | null {
  return value.kind === 'known' && typeof value.value === 'number' && value.value >= 0 ? value.value : null;
}

/** lusca 1.7.0 `lib/hsts.js`: `max-age=` and the option, whatever it is. */
function ofLusca(option: Option): TransportSecurity | null {
  const maxAge = fieldOf(option, 'maxAge');
  if (maxAge === null) return null;
  return judged(maxAge, 'hsts.maxAge', (value) =>
    value.kind === 'known' && value.value !== undefined ? Number(value.value) : null,
  );
}

/** RFC 6797, 6.1: directives in any case between semicolons, the value perhaps quoted. */
function ofHeader(option: Option): TransportSecurity | null {
  return judged(option, null, (value) => {
    if (value.kind !== 'known' || typeof value.value !== 'string') return null;
    const age = /(?:^|;)\s*max-age\s*=\s*"?(\d{1,15})/i.exec(value.value)?.[1];
    return age === undefined ? null : Number(age);
  });
}

function judged(
  option: Option,
  name: string | null,
  read: (value: Value) => number | null,
): TransportSecurity | null {
  let seconds: number | null = null;
  const weak = ask(option.value, (value) => {
    const age = read(value);
    if (age === null || Number.isNaN(age)) return value.kind === 'known' ? false : null;
    if (age >= leastSeconds) return false;
    seconds = age;
    return true;
  });
  return weak.kind === 'no'
    ? null
    : { weak, seconds, option, name, location: option.location, unit: 'seconds' };
}
