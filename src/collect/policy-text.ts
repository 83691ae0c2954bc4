/** Turns the YAML text of a policy into a Policy; every fault is said with its line and column, all in one error. */
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml';
import type { CheckName } from '../model/check.ts';
import { InputError } from '../model/input-error.ts';
import { emptyPolicy, type OverridableKey, type Policy, type Waiver } from '../model/policy.ts';
import type { FailOn, Severity } from '../model/severity.ts';
import { extendsFault } from './extends-source.ts';
import { isRecord } from './json-record.ts';
import { describeFault } from './policy-faults.ts';
import { isIsoDay, policySchema } from './policy-schema.ts';

/** Times that one anchor's content may be repeated, all aliases together; yaml's own bound against alias bombs. */
const aliasLimit = 100;

/** Faults said in one error. */
const faultLimit = 20;

export interface Fault {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** What a policy that obeys the schema looks like. */
interface PolicyValue {
  readonly 'fail-on'?: FailOn;
  readonly scope?: 'new' | 'all';
  readonly rules?: Readonly<Record<string, 'off' | Severity>>;
  readonly exclude?: readonly string[];
  readonly require?: readonly CheckName[];
  readonly 'waivers-from'?: 'base' | 'head';
  readonly extends?: string;
  readonly overridable?: readonly OverridableKey[];
  readonly waivers?: readonly {
    readonly rule?: string;
    readonly advisory?: string;
    readonly path?: string;
    readonly package?: string;
    readonly reason: string;
    readonly expires: string;
  }[];
}

/** One policy file by itself. */
export interface PolicyLayer {
  readonly policy: Policy;
  /** The keys that it has. */
  readonly keys: ReadonlySet<string>;
  /** Line and column of `extends`, where it is there. */
  readonly extendsPlace: { readonly line: number; readonly column: number };
}

/** As `parsePolicyLayer`, without what only those need who follow `extends`. */
export function parsePolicy(text: string, file: string): Policy {
  return parsePolicyLayer(text, file).policy;
}

/**
 * Reads a policy's text. An empty one is the empty policy.
 * @throws InputError with the first fault's place and, line by line, all others.
 */
export function parsePolicyLayer(text: string, file: string): PolicyLayer {
  const lines = new LineCounter();
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const document = parseYaml(text, file, lines);
  const syntaxFaults = [...document.errors, ...document.warnings].map((error) => ({
    ...place(error.pos[0]),
    message: describeYaml(error.code, error.message),
  }));
  if (syntaxFaults.length > 0) throw faultsError(file, firstOfEachPlace(syntaxFaults));
  if (document.contents === null || (isScalar(document.contents) && document.contents.value === null)) {
    return { policy: { ...emptyPolicy, file }, keys: new Set(), extendsPlace: { line: 1, column: 1 } };
  }
  const tree = new PolicyTree(document, place);
  const value = plainValue(document, tree, file);
  const faults = [...schemaFaults(value, tree), ...extendsFaults(value, tree), ...environmentFaults(tree)];
  if (faults.length > 0) throw faultsError(file, faults);
  return {
    policy: toPolicy(value as PolicyValue, tree, file),
    keys: new Set(Object.keys(value as PolicyValue)),
    extendsPlace: tree.place([], 'extends'),
  };
}

function parseYaml(text: string, file: string, lineCounter: LineCounter): Document {
  const document = parseDocument(text, { lineCounter, prettyErrors: false, version: '1.2', schema: 'core' });
  // How deep that is hangs on the machine's stack, so no place is given.
  if (document.errors.some(({ message }) => message.includes('call stack'))) {
    throw new InputError('this YAML is nested too deeply to be read', { file });
  }
  return document;
}

function plainValue(document: Document, tree: PolicyTree, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: aliasLimit });
  } catch {
    const unresolved = tree.unresolvedAlias();
    throw new InputError(
      unresolved === null
        ? 'this YAML repeats itself through aliases without end: write the values out'
        : 'this alias names no anchor above it: write the value out, or quote it where it is a text that begins with `*`',
      { file, ...unresolved },
    );
  }
}

/** One slip makes the parser complain several times of the same place. */
function firstOfEachPlace(faults: readonly Fault[]): Fault[] {
  const seen = new Set<string>();
  return faults.filter(({ line, column }) => {
    const key = `${line}:${column}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** yaml's own words, save where they are no help to somebody who edits a policy. */
function describeYaml(code: string, message: string): string {
  switch (code) {
    case 'DUPLICATE_KEY':
      return 'this key is there twice: keep one of them';
    case 'TAB_AS_INDENT':
      return 'YAML is indented with spaces: replace the tab';
    case 'MULTIPLE_DOCS':
      return 'a policy is one YAML document: take out the line `---`';
    default:
      return `this is not valid YAML: ${message.split('\n')[0]}`;
  }
}

function faultsError(file: string, faults: readonly Fault[]): InputError {
  const sorted = faults.toSorted((a, b) => a.line - b.line || a.column - b.column);
  const [first, ...others] = sorted.slice(0, faultLimit);
  const rest = sorted.length - faultLimit;
  const messages = [
    first!.message,
    ...others.map(({ line, column, message }) => `${file}:${line}:${column}: ${message}`),
    ...(rest > 0 ? [`and ${rest} more ${rest === 1 ? 'fault' : 'faults'}`] : []),
  ];
  return new InputError(messages.join('\n'), { file, line: first!.line, column: first!.column });
}

let validator: ValidateFunction | undefined;

function schemaFaults(value: unknown, tree: PolicyTree): Fault[] {
  if (validator === undefined) {
    const ajv = new Ajv({
      allErrors: true,
      strict: true,
      strictRequired: false,
      allowUnionTypes: true,
      verbose: true,
    });
    ajv.addFormat('date', isIsoDay);
    validator = ajv.compile(policySchema);
  }
  if (validator(value)) return [];
  return (validator.errors ?? []).flatMap((error) => {
    const fault = describeFault(error);
    return fault === null ? [] : [{ ...tree.place(pathOf(error), fault.key), message: fault.message }];
  });
}

/** `/waivers/0/rule` -> waivers, 0, rule. */
function pathOf(error: ErrorObject): string[] {
  return error.instancePath
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function extendsFaults(value: unknown, tree: PolicyTree): Fault[] {
  const named = isRecord(value) ? value.extends : undefined;
  const fault = typeof named === 'string' ? extendsFault(named) : null;
  return fault === null ? [] : [{ ...tree.place([], 'extends'), message: fault }];
}

/** What is judged is production: a policy that names another environment would be passed over, and nobody would know. */
function environmentFaults(tree: PolicyTree): Fault[] {
  const name = tree.texts('environment').get('NODE_ENV');
  if (name === undefined || name === 'production') return [];
  return [
    {
      ...tree.place(['environment'], 'NODE_ENV'),
      message: 'NODE_ENV is always production here: that is what express-gate judges. Take this line out',
    },
  ];
}

function toPolicy(value: PolicyValue, tree: PolicyTree, file: string): Policy {
  return {
    file,
    failOn: value['fail-on'] ?? null,
    scope: value.scope ?? null,
    rules: new Map(Object.entries(value.rules ?? {})),
    exclude: value.exclude ?? [],
    environment: tree.texts('environment'),
    require: value.require ?? [],
    ...(value['waivers-from'] === 'head' ? { waiversFrom: 'head' as const } : {}),
    ...(value.extends === undefined ? {} : { extends: value.extends.trim() }),
    ...(value.overridable === undefined ? {} : { overridable: value.overridable }),
    waivers: (value.waivers ?? []).map(
      (waiver, index): Waiver => ({
        rule: waiver.rule ?? null,
        advisory: waiver.advisory?.trim() ?? null,
        path: waiver.path ?? null,
        package: waiver.package ?? null,
        reason: waiver.reason.trim(),
        expires: waiver.expires,
        line: tree.place(['waivers', String(index)], null).line,
      }),
    ),
  };
}

/** Where in the text each value stands. */
class PolicyTree {
  readonly #document: Document;
  readonly #place: (offset: number) => { line: number; column: number };

  constructor(document: Document, place: (offset: number) => { line: number; column: number }) {
    this.#document = document;
    this.#place = place;
  }

  unresolvedAlias(): { line: number; column: number } | null {
    let place: { line: number; column: number } | null = null;
    visit(this.#document, {
      Alias: (_, alias) => {
        if (alias.resolve(this.#document) !== undefined) return undefined;
        place = this.#place(alias.range?.[0] ?? 0);
        return visit.BREAK;
      },
    });
    return place;
  }

  /** The place of a key of the mapping at `path`, or of the value there; as near to it as there is anything. */
  place(path: readonly string[], key: string | null): { line: number; column: number } {
    let node: unknown = this.#document.contents;
    let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
    const steps = key === null ? path : [...path, key];
    for (const [index, step] of steps.entries()) {
      const isWantedKey = key !== null && index === steps.length - 1;
      const below = this.#child(node, step, isWantedKey);
      if (below === null) break;
      offset = below.range?.[0] ?? offset;
      node = below;
    }
    return this.#place(offset);
  }

  /** The values of a mapping as they are written: `1.0` and `0x10` stay as they are, as the shell would pass them on. */
  texts(key: string): Map<string, string> {
    const texts = new Map<string, string>();
    const mapping = this.#resolve(
      isMap(this.#document.contents) ? this.#document.contents.get(key, true) : null,
    );
    if (!isMap(mapping)) return texts;
    for (const pair of mapping.items) {
      const value = this.#resolve(pair.value);
      if (!isScalar(value)) continue;
      texts.set(
        keyText(pair.key),
        typeof value.value === 'string' ? value.value : (value.source ?? String(value.value)),
      );
    }
    return texts;
  }

  #child(parent: unknown, step: string, wantsKey: boolean): Node | null {
    const node = this.#resolve(parent);
    if (isSeq(node)) return asNode(node.items[Number(step)]);
    if (!isMap(node)) return null;
    const pair = node.items.find((each) => keyText(each.key) === step);
    return pair === undefined ? null : asNode(wantsKey ? pair.key : (pair.value ?? pair.key));
  }

  #resolve(node: unknown): unknown {
    return isAlias(node) ? node.resolve(this.#document) : node;
  }
}

function asNode(value: unknown): Node | null {
  return isNode(value) ? value : null;
}

function keyText(key: unknown): string {
  return isScalar(key) ? String(key.value) : String(key);
}
