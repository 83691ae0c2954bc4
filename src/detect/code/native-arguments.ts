/** Turns the arguments of a call into the one that a built-in function takes first. */
import { type NativeCall, undefinedValue, unknown, type Val } from './values.ts';

export const nobody = undefinedValue;

export function firstArg(call: NativeCall): Val {
  return call.args[0] ?? (call.open === null ? undefinedValue : unknown(call.open, call.place));
}
