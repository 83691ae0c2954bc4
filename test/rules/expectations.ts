/** Reads what a fixture expects, from comments above the lines or from its table, and compares it with what was found. */

export type ExpectationWord = 'expect' | 'expect-none' | 'expect-undecided' | 'todo-expect';

export interface Expectation {
  readonly word: ExpectationWord;
  readonly ruleId: string;
  /** Null with a null line: anywhere in the fixture. */
  readonly file: string | null;
  /** The line that is judged: the next one that is no expectation itself. */
  readonly line: number | null;
}

/** A finding or a question, by what an expectation can say of it. */
export interface Found {
  readonly ruleId: string;
  readonly file: string;
  readonly line: number;
}

const words: readonly string[] = ['expect', 'expect-none', 'expect-undecided', 'todo-expect'];
/** A comment of one word and one rule. */
const wordAndRule = /^\s*(?:\/\/|#)\s*([\w-]+):\s*([\w-]+)\s*$/;
/** Any comment that is meant as an expectation, however it is spelt. */
const meant = /(?:\/\/|\/\*|<!--|(?:^|\s)#)\s*(?:[\w-]+-)?expect(?:ed|s|-[\w-]+)?\s*(?::|$)/i;

/**
 * The expectations in a text.
 * @throws Error naming file and line where one cannot be read: a misspelt expectation must not pass as none.
 */
export function readExpectations(file: string, text: string, ruleIds: ReadonlySet<string>): Expectation[] {
  const expectations: Expectation[] = [];
  const lines = text.split(/\r?\n/);
  const parts = lines.map((line) => wordAndRule.exec(line));
  const isExpectation = (index: number) => words.includes(parts[index]?.[1] ?? '');
  lines.forEach((content, index) => {
    const at = `${file}:${index + 1}`;
    const [, word, ruleId] = parts[index] ?? [];
    if (!isExpectation(index)) {
      if (word !== undefined && (ruleIds.has(ruleId!) || meant.test(content)))
        throw new Error(`${at}: unknown word \`${word}\`: it is one of ${words.join(', ')}`);
      if (meant.test(content))
        throw new Error(
          `${at}: an expectation is \`// word: rule-id\`, one rule, on a line of its own above the line that it speaks of`,
        );
      return;
    }
    if (!ruleIds.has(ruleId!)) throw new Error(`${at}: unknown rule \`${ruleId}\``);
    let judged = index + 1;
    while (judged < lines.length && isExpectation(judged)) judged++;
    if ((lines[judged] ?? '').trim() === '') throw new Error(`${at}: there is no line below to speak of`);
    expectations.push({ word: word as ExpectationWord, ruleId: ruleId!, file, line: judged + 1 });
  });
  return expectations;
}

const rowWords: Readonly<Record<string, ExpectationWord>> = {
  none: 'expect-none',
  undecided: 'expect-undecided',
  todo: 'todo-expect',
};

/**
 * The expectations in an `expect.txt`, for files that take no comments: `package.json:3 rule-id`, `none package.json:3 rule-id`,
 * `undecided …`, `todo …`, and `none rule-id` for none anywhere.
 * @throws Error naming the row that cannot be read, or that speaks of a line that is not there.
 */
export function readTable(
  text: string,
  files: ReadonlyMap<string, string>,
  ruleIds: ReadonlySet<string>,
): Expectation[] {
  return text.split(/\r?\n/).flatMap((row, index): Expectation[] => {
    if (row.trim() === '') return [];
    const match = /^(?:(\w+) )?(?:(\S+):(\d+) )?([\w-]+)$/.exec(row);
    const [, rowWord, file, line, ruleId] = match ?? [];
    const word = rowWord === undefined ? 'expect' : rowWords[rowWord];
    if (match === null || word === undefined || (file === undefined && word !== 'expect-none'))
      throw new Error(`expect.txt:${index + 1}: cannot be read: \`${row}\``);
    if (!ruleIds.has(ruleId!)) throw new Error(`expect.txt:${index + 1}: unknown rule \`${ruleId}\``);
    if (file !== undefined && Number(line) > (files.get(file)?.split('\n').length ?? 0))
      throw new Error(`expect.txt:${index + 1}: ${file} has no line ${line}`);
    return [{ word, ruleId: ruleId!, file: file ?? null, line: line === undefined ? null : Number(line) }];
  });
}

/**
 * What does not fit, in words; empty where all does. Each expectation takes one finding. `own` is the rule of the fixture: of it
 * nothing unexpected may be found; of other rules only what the fixture speaks of counts.
 */
export function compare(
  own: string,
  expectations: readonly Expectation[],
  findings: readonly Found[],
  undecided: readonly Found[],
): string[] {
  const wrong: string[] = [];
  const left = [...findings];
  const open = [...undecided];
  const fits = ({ ruleId, file, line }: Expectation) => {
    return (one: Found) =>
      one.ruleId === ruleId && (file === null || one.file === file) && (line === null || one.line === line);
  };
  const take = (from: Found[], expectation: Expectation): boolean => {
    const index = from.findIndex(fits(expectation));
    if (index >= 0) from.splice(index, 1);
    return index >= 0;
  };
  const inWords = ({ file, line, ruleId }: Expectation | Found) =>
    file === null ? ruleId : `${file}:${line}: ${ruleId}`;

  for (const one of expectations) {
    if (one.word === 'expect' && !take(left, one))
      wrong.push(`${inWords(one)} is ${open.some(fits(one)) ? 'undecided, not found' : 'not found'}`);
    if (one.word === 'expect-undecided' && !take(open, one))
      wrong.push(`${inWords(one)} is ${left.some(fits(one)) ? 'found, not undecided' : 'not undecided'}`);
    if (one.word === 'todo-expect') {
      if (take(left, one)) wrong.push(`${inWords(one)} is found now: make it \`expect\``);
      // A miss that is known may be an open question until then.
      take(open, one);
    }
  }
  for (const one of expectations) {
    if (one.word !== 'expect-none') continue;
    if (left.some(fits(one))) wrong.push(`${inWords(one)} is found, and should not be`);
    if (open.some(fits(one))) wrong.push(`${inWords(one)} is undecided, and should not be`);
  }
  const unexpected = (one: Found) =>
    one.ruleId === own &&
    !expectations.some((expectation) => expectation.word === 'expect-none' && fits(expectation)(one));
  for (const one of left) if (unexpected(one)) wrong.push(`${inWords(one)} is found, and not expected`);
  for (const one of open) if (unexpected(one)) wrong.push(`${inWords(one)} is undecided, and not expected`);
  return wrong;
}
