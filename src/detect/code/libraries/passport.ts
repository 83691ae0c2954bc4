/** Passport: what it keeps of a user in the session (passport 0.4 to 0.7, lib/authenticator.js). */
import { noteSerializedUser } from '../session-writes.ts';
import { type Obj, undefinedValue, type Val } from '../values.ts';
import type { Library, World } from './library.ts';

function serialize(world: World, fn: Obj, place: NonNullable<Obj['place']>): void {
  const { m } = world;
  const user = m.object(place);
  user.open = { kind: 'library', text: 'it is the user that passport gives' };
  const done = m.native((call): Val => {
    const value = call.args[1];
    if (value !== undefined) noteSerializedUser(m, value, value === user, call.place);
    return undefinedValue;
  });
  const count = (fn.closure?.node as { params?: readonly unknown[] } | undefined)?.params?.length ?? 2;
  const request = m.object(place);
  request.open = { kind: 'request', text: 'it comes from the request' };
  m.call(fn, undefinedValue, count >= 3 ? [request, user, done] : [user, done], place);
}

export const passport: Library = {
  names: ['passport'],
  calls: {
    serializeUser: (world, call) => {
      const [fn] = call.args;
      if (fn?.kind !== 'object' || fn.closure === null) return null;
      const { m } = world;
      m.queue.push(() =>
        m.maybe(
          { kind: 'library', text: 'it happens where the package `passport` calls it' },
          `callback:passport:${call.place.file}:${call.place.span.start.line}`,
          () => serialize(world, fn, call.place),
        ),
      );
      m.ran.add(fn.closure.node);
      return undefinedValue;
    },
  },
};
