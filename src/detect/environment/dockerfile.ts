/** Turns a Dockerfile into its stages: what each sets in the environment, and the command that it starts. */
import type { Location } from '../../model/location.ts';
import { type Filled, fillIn, isVariableName, maxSettings, type Setting } from './setting.ts';

export interface DockerStage {
  /** The name after AS, in lower case; null where it has none. */
  readonly name: string | null;
  /** The image that it is built on in the end, with what is known of variables in it. */
  readonly image: string;
  /** The reference to that image as it is written, and where. */
  readonly base: DockerBase;
  /** ENV of this stage and of those that it is built on; the last one counts. */
  readonly settings: ReadonlyMap<string, Setting>;
  /** What CMD, or ENTRYPOINT with CMD, starts: as a shell would be told. */
  readonly command: DockerCommand | null;
}

/** What a FROM names that is no stage of the same file. */
export interface DockerBase extends Filled {
  /** As written, with `${…}` in it. */
  readonly text: string;
  readonly location: Location;
  /** The arguments in it, with the place of what they are by default; null where the file does not say. */
  readonly arguments: readonly { readonly name: string; readonly location: Location | null }[];
}

export interface DockerCommand {
  readonly text: string;
  readonly location: Location;
}

const maxStages = 50;

/** Reads every stage (Dockerfile reference: ENV, ARG, FROM, CMD, ENTRYPOINT; both forms of each). `buildArguments` replace ARG defaults. */
export function readDockerfile(
  text: string,
  file: string,
  buildArguments: ReadonlyMap<string, Filled> = new Map(),
): DockerStage[] {
  return new DockerfileReader(buildArguments).read(instructionsOf(text, file));
}

/** An instruction with what follows it; a text that goes over several lines is put together, and knows where its parts stood. */
interface Instruction {
  readonly keyword: string;
  readonly text: string;
  readonly place: (from: number, to: number) => Location;
}

function instructionsOf(text: string, file: string): Instruction[] {
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  const directive = /^#\s*escape\s*=\s*(\S)/i.exec(lines[0] ?? '');
  const escapeCharacter = directive?.[1] === '`' ? '`' : '\\';
  const found: Instruction[] = [];
  for (let index = 0; index < lines.length; index++) {
    const head = /^\s*([A-Za-z]+)(?:\s+|$)/.exec(lines[index]!);
    if (head === null) continue;
    const parts: { readonly offset: number; readonly line: number; readonly column: number }[] = [];
    let joined = '';
    let at = head[0].length;
    for (;;) {
      const line = lines[index]!;
      const continues = line.trimEnd().endsWith(escapeCharacter);
      parts.push({ offset: joined.length, line: index + 1, column: at + 1 });
      joined += continues ? line.trimEnd().slice(at, -1) : line.slice(at);
      if (!continues) break;
      // Empty lines and comments within are passed over.
      do index++;
      while (index < lines.length && /^\s*(?:#|$)/.test(lines[index]!));
      if (index >= lines.length) break;
      at = 0;
      if (joined.length > 65_536) break;
    }
    const keyword = head[1]!.toUpperCase();
    found.push({ keyword, text: joined, place: (from, to) => placeOf(file, parts, from, to) });
    // `RUN <<EOF`: what follows is a script, until the line that ends it.
    for (const heredoc of joined.matchAll(/<<-?(["']?)([A-Za-z_]\w*)\1/g)) {
      if (keyword !== 'RUN' && keyword !== 'COPY' && keyword !== 'ADD') break;
      const end = lines.findIndex((line, below) => below > index && line.trim() === heredoc[2]);
      if (end === -1) break;
      index = end;
    }
  }
  return found;
}

function placeOf(
  file: string,
  parts: readonly { readonly offset: number; readonly line: number; readonly column: number }[],
  from: number,
  to: number,
): Location {
  const of = (offset: number) => {
    const part = parts.findLast((one) => one.offset <= offset) ?? parts[0]!;
    return { line: part.line, column: part.column + offset - part.offset };
  };
  const start = of(from);
  const end = of(Math.max(to - 1, from));
  return { file, line: start.line, column: start.column, endLine: end.line, endColumn: end.column + 1 };
}

class DockerfileReader {
  private readonly buildArguments: ReadonlyMap<string, Filled>;
  /** ARG before the first FROM: for FROM, and for those stages that ask for it. */
  private readonly before = new Map<string, Filled>();
  private readonly places = new Map<string, Location>();
  private readonly stages: DockerStage[] = [];
  private current: {
    name: string | null;
    image: string;
    base: DockerBase;
    settings: Map<string, Setting>;
    args: Map<string, Filled>;
    entrypoint: DockerCommand | null;
    command: DockerCommand | null;
  } | null = null;

  constructor(buildArguments: ReadonlyMap<string, Filled>) {
    this.buildArguments = buildArguments;
  }

  read(instructions: readonly Instruction[]): DockerStage[] {
    for (const instruction of instructions) {
      if (instruction.keyword === 'FROM') {
        this.finish();
        if (this.stages.length >= maxStages) break;
        this.from(instruction);
      } else if (instruction.keyword === 'ARG') this.argument(instruction);
      else if (this.current !== null) this.inStage(this.current, instruction);
    }
    this.finish();
    return this.stages;
  }

  private finish(): void {
    if (this.current === null) return;
    const { name, image, base, settings, entrypoint, command } = this.current;
    const whole =
      entrypoint === null || command === null
        ? (entrypoint ?? command)
        : { text: `${entrypoint.text} ${command.text}`, location: command.location };
    this.stages.push({ name, image, base, settings, command: whole });
    this.current = null;
  }

  private from({ text, place }: Instruction): void {
    const parts = words(text).filter(({ word }) => !word.startsWith('--'));
    const { word: written, from, to } = parts[0] ?? { word: '', from: 0, to: 0 };
    const filled = unquote(written, (name) => this.before.get(name));
    const image = filled.value ?? filled.fallback ?? '';
    const name = parts[1]?.word.toLowerCase() === 'as' ? (parts[2]?.word.toLowerCase() ?? null) : null;
    const base = this.stages.findLast((stage) => stage.name === image.toLowerCase());
    this.current = {
      name,
      image: base?.image ?? image,
      base: base?.base ?? {
        ...filled,
        text: written,
        location: place(from, to),
        arguments: [...written.matchAll(/\$\{?([A-Za-z_]\w*)/g)].map(([, argument]) => ({
          name: argument!,
          location: this.places.get(argument!) ?? null,
        })),
      },
      settings: new Map(base?.settings),
      args: new Map(),
      entrypoint: null,
      command: base?.command ?? null,
    };
  }

  private argument({ text, place }: Instruction): void {
    for (const { name, raw, from, to } of pairs(text, false)) {
      const given = this.buildArguments.get(name);
      const value =
        given ??
        (raw === null
          ? (this.before.get(name) ?? { value: null, fallback: null })
          : unquote(raw, (other) => this.known(other)));
      (this.current?.args ?? this.before).set(name, value);
      if (this.current === null && given === undefined && raw !== null)
        this.places.set(name, place(from, to));
    }
  }

  /** ENV counts before ARG of the same name. */
  private known(name: string): Filled | undefined {
    return this.current?.settings.get(name) ?? (this.current?.args ?? this.before).get(name);
  }

  private inStage(stage: NonNullable<DockerfileReader['current']>, instruction: Instruction): void {
    const { keyword, text, place } = instruction;
    if (keyword === 'ENV') {
      // What one instruction sets is not yet there within it.
      const set = pairs(text, true).map(
        ({ name, raw, from, to }): Setting => ({
          name,
          ...unquote(raw ?? '', (other) => this.known(other)),
          location: place(from, to),
        }),
      );
      for (const setting of set)
        if (stage.settings.size < maxSettings && isVariableName(setting.name))
          stage.settings.set(setting.name, setting);
      return;
    }
    if (keyword !== 'CMD' && keyword !== 'ENTRYPOINT') return;
    const command = { text: commandText(text), location: place(0, text.trimEnd().length) };
    if (keyword === 'CMD') stage.command = command;
    else {
      // An entry point takes the command of the image away (Dockerfile reference, ENTRYPOINT).
      stage.entrypoint = command;
      stage.command = null;
    }
  }
}

/** The exec form `["node", "app.js"]` as a line of a shell. */
function commandText(text: string): string {
  const trimmed = text.trim();
  if (!trimmed.startsWith('[')) return trimmed;
  try {
    const words: unknown = JSON.parse(trimmed);
    if (!Array.isArray(words)) return trimmed;
    const [shell, flag, script] = words;
    if (words.length === 3 && /(?:^|\/)(?:ba|da|a)?sh$/.test(String(shell)) && /^-\w*c$/.test(String(flag)))
      return String(script);
    return words
      .map((word) => (/^[\w@%+=:,./-]+$/.test(String(word)) ? String(word) : `'${String(word)}'`))
      .join(' ');
  } catch {
    return trimmed;
  }
}

/** `NAME=value …` with quotes still in it, `NAME value with spaces`, or `NAME` alone. */
function pairs(
  text: string,
  spaced: boolean,
): { readonly name: string; readonly raw: string | null; readonly from: number; readonly to: number }[] {
  const legacy = /^\s*([A-Za-z_][\w.-]*)\s+(?!=)(\S.*)$/.exec(text);
  if (spaced && legacy !== null) {
    const from = text.indexOf(legacy[1]!);
    const raw = legacy[2]!.trimEnd();
    return [{ name: legacy[1]!, raw, from, to: text.indexOf(legacy[2]!) + raw.length }];
  }
  const found = [];
  for (const { word, from, to } of words(text)) {
    const equals = word.indexOf('=');
    found.push({
      name: equals === -1 ? word : word.slice(0, equals),
      raw: equals === -1 ? null : word.slice(equals + 1),
      from,
      to,
    });
  }
  return found;
}

/** The words of a text; blanks in quotes or behind a backslash do not end one. Comments do not exist within. */
function words(text: string): { readonly word: string; readonly from: number; readonly to: number }[] {
  const found = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text[at]!)) {
      at++;
      continue;
    }
    const from = at;
    let quote = '';
    for (; at < text.length; at++) {
      const character = text[at]!;
      if (quote === '' && /\s/.test(character)) break;
      if (character === '\\' && quote !== "'") at++;
      else if (quote !== '' ? character === quote : character === '"' || character === "'")
        quote = quote === '' ? character : '';
    }
    found.push({ word: text.slice(from, at), from, to: Math.min(at, text.length) });
  }
  return found;
}

/** Takes the quotes away and fills in; within single quotes nothing is filled in. */
function unquote(raw: string, lookUp: (name: string) => Filled | undefined): Filled {
  let value: string | null = '';
  let fallback: string | null = '';
  const add = (part: string, literal: boolean): void => {
    const filled = literal ? { value: part, fallback: null } : fillIn(part, lookUp);
    const either = filled.value ?? filled.fallback;
    fallback = fallback === null || either === null ? null : fallback + either;
    value = value === null || filled.value === null ? null : value + filled.value;
  };
  let part = '';
  let quote = '';
  const flush = (literal: boolean): void => {
    if (part !== '') add(part, literal);
    part = '';
  };
  for (let at = 0; at < raw.length; at++) {
    const character = raw[at]!;
    if (quote === '' ? character === '"' || character === "'" : character === quote) {
      flush(quote === "'");
      quote = quote === '' ? character : '';
    } else if (character === '\\' && quote !== "'" && at + 1 < raw.length) {
      at++;
      // `\$` stays as it is for the filling in; any other backslash is taken away.
      part += raw[at] === '$' ? '\\$' : quote === '"' && !/["\\]/.test(raw[at]!) ? `\\${raw[at]}` : raw[at];
    } else part += character;
  }
  flush(quote === "'");
  return value === null ? { value, fallback } : { value, fallback: null };
}
