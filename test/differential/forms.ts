/** Lists of forms in which the same thing may be written, and the choice among them. */
import type { Scope } from './source-unit.ts';

/** Forms are chosen by a number below this; lists may be half as long. */
export const formCount = 120;

/** Writes a value in one form; what must stand before it is added to the scope. */
export type Writer<T> = (value: T, scope: Scope) => string;

/** The form of that number. */
export function pick<T>(writers: readonly Writer<T>[], form: number, value: T, scope: Scope): string {
  return writers[form % writers.length]!(value, scope);
}

/** Half of all forms are the plain one, so that programs stay readable and the others meet it. */
export function pickOften<T>(writers: readonly Writer<T>[], form: number, value: T, scope: Scope): string {
  return form < formCount / 2 ? writers[0]!(value, scope) : pick(writers, form - formCount / 2, value, scope);
}
