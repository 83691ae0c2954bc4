/** Marks on the objects that a handler is given, so that what it does with them can be told. */
import type { Obj } from './values.ts';

/** The response object. */
export class ResponseMark {
  /** The handler that it was made for; null where a function is only taken for one by the names of its parameters. */
  readonly handler: Obj | null;
  constructor(handler: Obj | null) {
    this.handler = handler;
  }
}

/** The request object. */
export class RequestMark {}

/** `req.session`. */
export class SessionMark {}

/** Property of a session that has been given a new id on the way here. */
export const regeneratedKey = '@@regenerated';
