/** Bad input: what the gate could not accept, said so that the user can mend it. The shells turn it into exit code 2. */
export class InputError extends Error {
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;

  /** `message` names what is wrong and what to do, without the place; the place is added where it is printed. */
  constructor(message: string, place: { file?: string; line?: number; column?: number } = {}) {
    super(message);
    this.name = 'InputError';
    this.file = place.file ?? null;
    this.line = place.line ?? null;
    this.column = place.column ?? null;
  }

  /** `file:line:column: message`, as far as the place is known. */
  describe(): string {
    const place = [this.file, this.line, this.column].filter((part) => part !== null).join(':');
    return place === '' ? this.message : `${place}: ${this.message}`;
  }
}
