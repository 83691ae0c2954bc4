/** The packages cookie and cookies: cookies that are written beside Express' own res.cookie(). */
import { cookieRecord, SerializedCookie, writeCookie } from '../cookie-writes.ts';
import type { NativeCall } from '../values.ts';
import { type ExternalCall, instance, type Library } from './library.ts';

function nativeCall({ self, args, place, construct, open }: ExternalCall): NativeCall {
  return { self, args, place, construct, open };
}

/** `cookie.serialize(name, value, options)` gives a header's text (cookie 0.1 to 1.x, index.js); it is told of where it becomes a header. */
export const cookie: Library = {
  names: ['cookie'],
  calls: {
    serialize: (world, call) => {
      const made = instance(world, 'cookie', 'serialize', call.args, call.place);
      made.data = new SerializedCookie(cookieRecord(world.m, 'Set-Cookie', nativeCall(call)));
      return made;
    },
  },
};

/** `new Cookies(req, res).set(name, value, options)` (cookies 0.9, index.js). */
export const cookies: Library = {
  names: ['cookies'],
  calls: {
    '': (world, call) => instance(world, 'cookies', '', call.args, call.place),
    '().set': (world, call) => {
      writeCookie(world.m, 'cookies.set', nativeCall(call));
      return call.self;
    },
  },
};
