/** Turns a function without a name into one with the name of what it is put into. */
import type { Val } from './values.ts';

/** Gives a function without a name the one of the variable or property that it is put into. */
export function nameFunction(value: Val, name: string | null): void {
  if (name === null || value.kind !== 'object' || value.closure === null || value.closure.name !== null)
    return;
  value.closure = { ...value.closure, name };
}
