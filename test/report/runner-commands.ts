/** What the GitHub runner obeys in a log, by its own rules (actions/runner, ActionCommand.cs, TryParseV2 and TryParse). */

export interface RunnerCommand {
  readonly command: string;
  readonly properties: ReadonlyMap<string, string>;
  readonly data: string;
}

const registered = new Set([
  'error', 'warning', 'notice', 'debug', 'group', 'endgroup', 'echo', 'set-output', 'set-env', 'add-path', 'add-mask', 'save-state', 'add-matcher', 'remove-matcher', 'stop-commands',
]); // biome-ignore format: a list to be read as one

/** .NET compares strings by culture here, so characters without weight do not keep `::` from standing at the start. */
const weightless = /[\p{Cf}\p{Cc}\p{Default_Ignorable_Code_Point}]/gu;

/** Every command in `log`, in order. */
export function readRunnerCommands(log: string): RunnerCommand[] {
  return log.split(/\r\n|\n|\r/).flatMap((line) => readV2(line) ?? readV1(line) ?? []);
}

function readV2(line: string): RunnerCommand | null {
  // Only up to the data: what is found there may hold such characters.
  const start = line
    .replace(/^[\s\u0085]+/u, '')
    .replace(/^[^:]*/, (before) => before.replace(weightless, ''));
  const message = start.startsWith('::') ? start : start.replace(/^:\p{Cf}*:/u, '::');
  if (!message.startsWith('::')) return null;
  const end = message.indexOf('::', 2);
  if (end < 0) return null;
  const info = message.slice(2, end);
  const space = info.indexOf(' ');
  return make(space < 0 ? info : info.slice(0, space), space > 0 ? info.slice(space + 1).trim() : '', ',', message.slice(end + 2), [
    ['%0D', '\r'], ['%0A', '\n'], ['%3A', ':'], ['%2C', ','], ['%25', '%'],
  ], [
    ['%0D', '\r'], ['%0A', '\n'], ['%25', '%'],
  ]); // biome-ignore format: two tables
}

function readV1(line: string): RunnerCommand | null {
  const start = line.replace(weightless, '').indexOf('##[');
  if (start < 0) return null;
  const text = line.replace(weightless, '').slice(start + 3);
  const end = text.indexOf(']');
  if (end < 0) return null;
  const info = text.slice(0, end);
  const space = info.indexOf(' ');
  const escapes = [['%3B', ';'], ['%0D', '\r'], ['%0A', '\n'], ['%5D', ']'], ['%25', '%']] as const; // biome-ignore format: a table
  return make(
    space < 0 ? info : info.slice(0, space),
    space > 0 ? info.slice(space + 1) : '',
    ';',
    text.slice(end + 1),
    escapes,
    escapes,
  );
}

type Escapes = readonly (readonly [string, string])[];

function make(
  command: string,
  properties: string,
  separator: string,
  data: string,
  propertyEscapes: Escapes,
  dataEscapes: Escapes,
): RunnerCommand | null {
  if (!registered.has(command.toLowerCase())) return null;
  const decode = (text: string, escapes: Escapes) =>
    escapes.reduce((result, [from, to]) => result.replaceAll(from, to), text);
  const pairs = properties.split(separator).flatMap((part): [string, string][] => {
    // Split in two with empty parts removed: signs at the start of the value go too.
    const found = /^=*([^=]+)=+(.+)$/s.exec(part);
    return found ? [[found[1]!, decode(found[2]!, propertyEscapes)]] : [];
  });
  return { command, properties: new Map(pairs), data: decode(data, dataEscapes) };
}
