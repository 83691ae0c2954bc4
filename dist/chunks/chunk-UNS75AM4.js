import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);

// src/model/input-error.ts
var InputError = class extends Error {
  file;
  line;
  column;
  /** `message` names what is wrong and what to do, without the place; the place is added where it is printed. */
  constructor(message, place = {}) {
    super(message);
    this.name = "InputError";
    this.file = place.file ?? null;
    this.line = place.line ?? null;
    this.column = place.column ?? null;
  }
  /** `file:line:column: message`, as far as the place is known. */
  describe() {
    const place = [this.file, this.line, this.column].filter((part) => part !== null).join(":");
    return place === "" ? this.message : `${place}: ${this.message}`;
  }
};

export {
  InputError
};
