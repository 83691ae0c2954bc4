/** jsonwebtoken: what `sign` and `verify` call back with (jsonwebtoken 8 and 9, sign.js and verify.js). */
import { undefinedValue, unknown } from '../values.ts';
import { type ExternalCall, instance, type Library, type World } from './library.ts';

function callBack(world: World, call: ExternalCall): null | typeof undefinedValue {
  const fn = call.args.at(-1);
  if (call.args.length < 3 || fn?.kind !== 'object' || !fn.callable) return null;
  const { m } = world;
  const failure = unknown({ kind: 'request', text: 'it is an error' }, call.place);
  const made = instance(world, 'jsonwebtoken', call.external.path, call.args.slice(0, -1), call.place);
  m.call(fn, undefinedValue, [failure, made], call.place);
  return undefinedValue;
}

export const tokens: Library = {
  names: ['jsonwebtoken'],
  calls: { sign: callBack, verify: callBack },
};
