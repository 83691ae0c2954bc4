/** What the abstract execution tells of the program as it runs: the raw material of the application model. */
import type { Reason } from '../app-model.ts';
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
  readonly middleware: 'express-session' | 'cookie-session';
  readonly created: Place;
  readonly options: Val;
  readonly top: ReadonlyMap<string, Slot>;
  readonly open: Reason | null;
  readonly object: Obj;
}

export type ProgramEvent =
  | { readonly type: 'router'; readonly record: RouterRecord; readonly conditions: Condition | null }
  | {
      readonly type: 'layer';
      readonly on: RouterRecord;
      readonly method: string | null;
      readonly path: Val;
      readonly handlers: readonly Val[];
      readonly place: Place;
      readonly conditions: Condition | null;
    }
  | { readonly type: 'session'; readonly record: SessionRecord; readonly conditions: Condition | null }
  | {
      readonly type: 'listen';
      readonly on: RouterRecord;
      readonly place: Place;
      readonly conditions: Condition | null;
    }
  | {
      readonly type: 'server';
      readonly kind: 'http' | 'https' | 'http2';
      readonly handler: Val;
      readonly options: Val;
      readonly place: Place;
      readonly conditions: Condition | null;
    }
  | {
      readonly type: 'tls';
      readonly setting: 'rejectUnauthorized' | 'NODE_TLS_REJECT_UNAUTHORIZED';
      /** The object that holds it, so that its use can be told. */
      readonly owner: Obj;
      readonly key: string;
      readonly place: Place;
      readonly conditions: Condition | null;
    }
  | {
      readonly type: 'response';
      readonly effect: 'set-header' | 'remove-header' | 'apply';
      readonly response: Obj;
      readonly name: Val | null;
      readonly value: Val | null;
      readonly place: Place;
      readonly conditions: Condition | null;
    };
