/** What a file says of one environment variable, and how a text with `${…}` in it is filled in. */
import type { Location } from '../../model/location.ts';

/** One variable that a file sets for a program. */
export interface Setting {
  readonly name: string;
  /** The text that it gets; null where that cannot be known from the repository. */
  readonly value: string | null;
  /** Where `value` is null: the text that it gets unless something outside of the repository says otherwise, as in `${NAME:-text}`. */
  readonly fallback: string | null;
  readonly location: Location;
}

/** Settings taken of one file; more are data, not an environment. */
export const maxSettings = 500;

/** What a text becomes: `value`, or, where it hangs on variables that are not known, its `fallback`. */
export interface Filled {
  readonly value: string | null;
  readonly fallback: string | null;
}

/** Names of variables as every shell and container takes them. */
export function isVariableName(name: string): boolean {
  return /^[A-Za-z_][\w.-]{0,127}$/.test(name);
}

/**
 * Fills in `$NAME`, `${NAME}`, `${NAME:-text}`, `${NAME-text}` as shells, Dockerfiles, Compose and dotenv-expand do. `lookUp` gives what is known of
 * a name, undefined where nothing is; `escaper` is the character that takes a `$` its meaning (`$` in Compose, else a backslash).
 */
export function fillIn(
  text: string,
  lookUp: (name: string) => Filled | undefined = () => undefined,
  escaper: '$' | '\\' = '\\',
): Filled {
  let value: string | null = '';
  let fallback: string | null = '';
  const add = (part: Filled): void => {
    const either = part.value ?? part.fallback;
    fallback = fallback === null || either === null ? null : fallback + either;
    value = value === null || part.value === null ? null : value + part.value;
  };
  let at = 0;
  while (at < text.length) {
    const next = text.indexOf('$', at);
    if (next === -1) break;
    const escaped = escaper === '$' ? text[next + 1] === '$' : next > at && text[next - 1] === '\\';
    const plain = text.slice(at, escaped && escaper === '\\' ? next - 1 : next);
    add({ value: plain, fallback: plain });
    at = next + 1;
    if (escaped) {
      add({ value: '$', fallback: '$' });
      if (escaper === '$') at++;
      continue;
    }
    const reference = referenceAt(text, at);
    if (reference === null) {
      add({ value: '$', fallback: '$' });
      continue;
    }
    at = reference.end;
    add(resolve(reference, lookUp));
  }
  const rest = text.slice(at);
  add({ value: rest, fallback: rest });
  return value === null ? { value, fallback } : { value, fallback: null };
}

interface Reference {
  readonly name: string;
  readonly operator: string;
  readonly word: string;
  readonly end: number;
}

/** The reference whose `$` stands before `at`; null where there is none, or one that is not followed. */
function referenceAt(text: string, at: number): Reference | null {
  const bare = /^[A-Za-z_]\w*/.exec(text.slice(at, at + 128));
  if (bare !== null) return { name: bare[0], operator: '', word: '', end: at + bare[0].length };
  if (text[at] !== '{')
    return text[at] === '(' ? { name: '', operator: '?', word: '', end: text.length } : null;
  const close = text.indexOf('}', at);
  const inner = close === -1 ? null : /^([A-Za-z_]\w*)(?:(:?[-+?])([^{]*))?$/.exec(text.slice(at + 1, close));
  // `${{ … }}`, `${self:custom.x}`, one within another: nothing here follows them.
  if (inner === null) return { name: '', operator: '?', word: '', end: text.length };
  return { name: inner[1]!, operator: inner[2] ?? '', word: inner[3] ?? '', end: close + 1 };
}

function resolve({ name, operator, word }: Reference, lookUp: (name: string) => Filled | undefined): Filled {
  const found = lookUp(name) ?? { value: null, fallback: null };
  if (operator === ':-' || operator === '-') {
    const empty = operator === ':-' && found.value === '';
    if (found.value !== null && !empty) return found;
    if (empty) return { value: word, fallback: null };
    return { value: null, fallback: found.fallback ?? word };
  }
  if (operator === ':+' || operator === '+')
    return found.value === null
      ? { value: null, fallback: null }
      : { value: found.value !== '' || operator === '+' ? word : '', fallback: null };
  return found;
}
