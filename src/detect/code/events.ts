/** What the abstract execution tells of the program as it runs: the raw material of the application model. */
import type { CookieWrite, Option, Reason, SessionMiddleware, Value } from '../app-model.ts';
import type { Condition } from './state.ts';
import type { Obj, Place, Slot, Val } from './values.ts';

/** A router or app as the summary of Express keeps it with its object. */
export interface RouterRecord {
  readonly kind: 'app' | 'router';
  readonly object: Obj;
  readonly created: Place;
  readonly framework: 'express' | 'nest';
  /** Settings live in a plain object, so that they take part in joins. */
  readonly settings: Obj;
}

/** A session middleware; the top level of its options as it was at the call, nested objects live on. */
export interface SessionRecord {
  readonly middleware: SessionMiddleware;
  readonly created: Place;
  readonly options: Val;
  readonly top: ReadonlyMap<string, Slot>;
  readonly open: Reason | null;
  readonly object: Obj;
}

/** A cookie that a handler writes, as it is at the call: a handler's objects are gone after its run. */
export interface CookieRecord {
  readonly by: CookieWrite['by'];
  readonly name: Value;
  readonly value: Value;
  /** What the program calls the value, such as `user.token`. */
  readonly words: string | null;
  readonly attribute: ReadonlyMap<string, Option>;
  /** Attributes that the options object has from its prototype only. */
  readonly inherited: ReadonlySet<string>;
  readonly place: Place;
  /** Its time is over at the call. */
  readonly expiresNow: boolean;
  /** The edit that writes an option which is missing; null where none is certain. */
  readonly write: CookieWrite['write'];
}

export type ProgramEvent =
  | { readonly type: 'router'; readonly record: RouterRecord; readonly conditions: Condition | null }
  | {
      readonly type: 'layer';
      readonly on: RouterRecord;
      readonly method: string | null;
      readonly path: Val;
      /** Whether the path was given as a list. */
      readonly isList?: boolean;
      readonly handlers: readonly Val[];
      readonly place: Place;
      readonly conditions: Condition | null;
    }
  | { readonly type: 'session'; readonly record: SessionRecord; readonly conditions: Condition | null }
  | {
      readonly type: 'listen';
      readonly on: RouterRecord;
      /** Null where the server is only taken, for others to let it listen. */
      readonly args: readonly Val[] | null;
      readonly place: Place;
      readonly conditions: Condition | null;
    }
  | {
      readonly type: 'server';
      readonly kind: 'http' | 'https' | 'http2';
      /** What stands for the server in the program. */
      readonly object: Obj;
      readonly handler: Val;
      readonly options: Val;
      readonly place: Place;
      readonly conditions: Condition | null;
    }
  | {
      readonly type: 'server-listen';
      readonly server: Obj;
      readonly args: readonly Val[];
      readonly place: Place;
      readonly conditions: Condition | null;
    }
  /** A file of the repository that start-up reads. */
  | { readonly type: 'file-read'; readonly path: string; readonly place: Place }
  /** Arguments of a function of Node.js that makes TLS servers, agents or connections. */
  | { readonly type: 'tls-use'; readonly args: readonly Val[]; readonly place: Place }
  /** An option, or a variable, of TLS is written (tls-options.ts). */
  | {
      readonly type: 'tls';
      /** The object that holds it, so that its use can be told. */
      readonly owner: Obj;
      /** What was written, where it is forgotten afterwards; else it is asked of the object as start-up left it. */
      readonly slot: Slot | null;
      readonly key: string;
      readonly place: Place;
      readonly conditions: Condition | null;
    }
  /** A middleware of the repository says of a request that it came by HTTPS. */
  | { readonly type: 'request-mark'; readonly place: Place; readonly conditions: Condition | null }
  | {
      readonly type: 'response';
      readonly effect: 'set-header' | 'remove-header' | 'apply';
      readonly response: Obj;
      readonly name: Val | null;
      readonly value: Val | null;
      readonly place: Place;
      readonly conditions: Condition | null;
    }
  | { readonly type: 'cookie'; readonly record: CookieRecord; readonly conditions: Condition | null }
  | {
      readonly type: 'session-write';
      readonly key: string;
      readonly value: Value;
      /** What the program calls the value. */
      readonly words: string | null;
      readonly place: Place;
      /** The session was given a new id on the way here. */
      readonly regenerated: boolean;
      /** Conditions on the way here have told that it holds a user already. */
      readonly knownUser: boolean;
      /** Route, function names and text around, which tell whether somebody signs in there. */
      readonly within: string;
      readonly conditions: Condition | null;
    }
  /** passport's `req.login()`. */
  | { readonly type: 'login'; readonly place: Place; readonly conditions: Condition | null };
