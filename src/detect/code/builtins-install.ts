/** Turns a name and a function into a global object with a prototype and static functions: the form in which built-ins are put in place. */
import type { Native } from './values.ts';

export type Install = (name: string, fn: Native, statics?: Iterable<readonly [string, Native]>) => void;
