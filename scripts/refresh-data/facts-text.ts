/** Turns the embedded facts into the text of their files: the same facts give the same bytes, and a change a short difference. */

/** Indented by one space, with a final newline; what stands under one of the keys `inline` is written in one line. */
export function factsText(facts: object, inline: readonly string[] = []): string {
  const lines = new Map<string, string>();
  const text = JSON.stringify(
    facts,
    (key, value: unknown) => {
      if (!inline.includes(key) || !Array.isArray(value)) return value;
      const mark = `inline:${key}`;
      lines.set(JSON.stringify(mark), `[ ${value.map((each) => JSON.stringify(each)).join(', ')}]`);
      return mark;
    },
    1,
  );
  return `${[...lines].reduce((whole, [mark, line]) => whole.replace(mark, () => line), text)}\n`;
}
