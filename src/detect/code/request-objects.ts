/** Makes the request and response objects that a handler is given, and tells what the handler does with them. */
import type * as t from '@babel/types';
import type { Reason } from '../app-model.ts';
import { writeCookie, writeHeader } from './cookie-writes.ts';
import type { Machine } from './machine.ts';
import { RequestMark, ResponseMark, regeneratedKey, SessionMark } from './request-marks.ts';
import {
  known,
  mapValue,
  type Native,
  type NativeCall,
  type Obj,
  type Place,
  undefinedValue,
  unknown,
  type Val,
} from './values.ts';

const fromRequest: Reason = { kind: 'request', text: 'it comes from the request' };
const failure: Reason = { kind: 'request', text: 'it is an error' };

/** `(req, res, next)`, or `(err, req, res, next)`: which response is whose is told by its mark. */
export function handlerArguments(m: Machine, fn: Obj, place: Place): Val[] {
  const { request, response } = requestAndResponse(m, fn, place);
  const count = (fn.closure?.node as { params?: readonly unknown[] } | undefined)?.params?.length ?? 3;
  const next = m.native(() => undefinedValue);
  return count >= 4 ? [unknown(failure, place), request, response, next] : [request, response, next];
}

/** A request with its response, each of which holds the other as Express links them (express, lib/middleware/init.js). */
export function requestAndResponse(
  m: Machine,
  handler: Obj | null,
  place: Place,
): { readonly request: Obj; readonly response: Obj } {
  const request = makeRequest(m, place);
  const response = makeResponse(m, handler, place);
  const app = makeApp(m, place);
  request.slots.set('app', { value: app, place: null });
  response.slots.set('app', { value: app, place: null });
  request.slots.set('res', { value: response, place: null });
  response.slots.set('req', { value: request, place: null });
  // Whether such a parameter is really a request is only guessed by its name.
  if (handler === null) {
    request.opaque = true;
    response.opaque = true;
  }
  return { request, response };
}

/** Arguments for a function that something outside of the repository calls; requests and responses are told by their names and types. */
export function unknownArguments(m: Machine, fn: Obj, place: Place): Val[] {
  const node = fn.closure?.node as { params?: readonly t.Node[] } | undefined;
  let pair: ReturnType<typeof requestAndResponse> | null = null;
  const pairOf = (): ReturnType<typeof requestAndResponse> => {
    pair ??= requestAndResponse(m, null, place);
    return pair;
  };
  return (node?.params ?? []).map((parameter): Val => {
    const param = parameter.type === 'TSParameterProperty' ? parameter.parameter : parameter;
    const name = param.type === 'Identifier' ? param.name : null;
    if (isNestSession(param)) return pairOf().request.slots.get('session')!.value;
    const role = name === null ? null : roleOf(name, typeName(param));
    if (role === 'request' || role === 'response') return pairOf()[role];
    if (role === 'context' || (param.type === 'ObjectPattern' && holdsBoth(param))) {
      const context = m.objectOf(
        [
          ['req', pairOf().request],
          ['res', pairOf().response],
          ['request', pairOf().request],
          ['response', pairOf().response],
        ],
        null,
      );
      context.open = givenByCaller(name);
      context.opaque = true;
      return context;
    }
    // An error decides nothing that whoever runs the program chooses.
    if (name !== null && errorName.test(name))
      return unknown({ kind: 'error', text: 'it hangs on an error' }, place);
    if (name === null || !writesOnto(m, fn, name)) return unknown(givenByCaller(name), place);
    // What the function writes onto it is there afterwards, whatever else it holds.
    const given = m.object(place);
    given.open = givenByCaller(name);
    given.opaque = true;
    return given;
  });
}

/** Names that callbacks give to the error that they are called with. */
const errorName = /^(?:e|er|err|error|ex|exc|exception|reason|[a-z]\w*(?:Err|Error))$/;

const writers = new WeakMap<object, Set<string>>();

/** Whether the function assigns to a property of this parameter. */
function writesOnto(m: Machine, fn: Obj, name: string): boolean {
  const node = fn.closure!.node as object & { start?: number | null; end?: number | null };
  let names = writers.get(node);
  if (names === undefined) {
    const text = m.sourceText(fn.closure!.file)?.slice(node.start ?? 0, node.end ?? 0) ?? '';
    names = new Set<string>();
    for (const [, base] of text.matchAll(
      /(?<![.\w$])([A-Za-z_$][\w$]*)(?:\.[A-Za-z_$][\w$]*){1,4}\s*(?:\|\||\?\?|&&)?=(?![=>])/g,
    ))
      names.add(base!);
    writers.set(node, names);
  }
  return names.has(name);
}

function givenByCaller(name: string | null): Reason {
  return {
    kind: 'argument',
    text: `${name === null ? 'an argument' : `\`${name}\``} is given by a caller that is not in the repository`,
  };
}

function roleOf(name: string, type: string | null): 'request' | 'response' | 'context' | null {
  if (type === 'Response' || type === 'ServerResponse') return 'response';
  if (type !== null && /^(?:Request|IncomingMessage)$|Request$/.test(type) && /^_?req/i.test(name))
    return 'request';
  if (/^_?(?:req|request)$/.test(name)) return 'request';
  if (/^_?(?:res|response|reply)$/.test(name)) return 'response';
  return /^_?(?:ctx|context)$/.test(name) ? 'context' : null;
}

/** The name of a parameter's type, the last part of `express.Response`. */
function typeName(param: t.Node): string | null {
  const annotation = 'typeAnnotation' in param ? (param.typeAnnotation as t.Node | null | undefined) : null;
  if (annotation?.type !== 'TSTypeAnnotation' || annotation.typeAnnotation.type !== 'TSTypeReference')
    return null;
  const name = annotation.typeAnnotation.typeName;
  if (name.type === 'Identifier') return name.name;
  return name.type === 'TSQualifiedName' ? name.right.name : null;
}

/** Nest's `@Session() session`. */
function isNestSession(param: t.Node): boolean {
  const decorators = 'decorators' in param ? (param.decorators as t.Decorator[] | null | undefined) : null;
  return (decorators ?? []).some(
    ({ expression }) =>
      expression.type === 'CallExpression' &&
      expression.callee.type === 'Identifier' &&
      expression.callee.name === 'Session',
  );
}

/** `{ req, res }`, as GraphQL's context and the like are taken apart. */
function holdsBoth(pattern: t.ObjectPattern): boolean {
  return pattern.properties.some(
    (property) =>
      property.type === 'ObjectProperty' &&
      property.key.type === 'Identifier' &&
      roleOf(property.key.name, null) !== null,
  );
}

/** `req.app`, of which only the environment is known: which app handles the request is not told. */
function makeApp(m: Machine, place: Place): Obj {
  const app = m.object(place);
  app.open = fromRequest;
  const environment = (at: Place): Val =>
    m.get(m.get(m.globals.get('process') ?? undefinedValue, 'env', at), 'NODE_ENV', at);
  const get: Native = (call) => {
    const [name] = call.args;
    return name?.kind === 'known' && name.value === 'env'
      ? environment(call.place)
      : unknown(fromRequest, call.place);
  };
  app.slots.set('get', { value: m.native(get), place: null });
  const settings = m.objectOf([['env', environment(place)]], null);
  settings.open = fromRequest;
  app.slots.set('settings', { value: settings, place: null });
  return app;
}

function makeRequest(m: Machine, place: Place): Obj {
  const request = m.object(place);
  request.data = new RequestMark();
  request.open = fromRequest;
  const session = m.object(place);
  session.data = new SessionMark();
  session.open = fromRequest;
  request.slots.set('session', { value: session, place: null });
  const method = (object: Obj, name: string, fn: Native): void => {
    object.slots.set(name, { value: m.native(fn), place: null, hidden: true });
  };
  method(session, 'regenerate', (call) => {
    // What the session held is gone, too (express-session 1.x, session/store.js: `store.generate(req)`).
    renew(m, session, call.place);
    return callBack(m, call);
  });
  for (const name of ['save', 'reload', 'destroy']) method(session, name, (call) => callBack(m, call));
  for (const name of ['login', 'logIn'])
    method(request, name, (call) => {
      m.emit({ type: 'login', place: call.place, conditions: m.state.conditions });
      // passport 0.6 gives a new id (lib/sessionmanager.js); that those before do not is said of the login itself.
      renew(m, session, call.place);
      return callBack(m, call);
    });
  for (const name of ['logout', 'logOut']) method(request, name, (call) => callBack(m, call));
  return request;
}

/** Gives the session a new id. */
export function renew(m: Machine, session: Obj, place: Place): void {
  m.state.setSlot(session, regeneratedKey, { value: known(true), place, hidden: true });
}

/** Calls the function given last, as Node's callbacks are called; without one a promise of nothing. */
function callBack(m: Machine, call: NativeCall): Val {
  const fn = call.args.at(-1);
  if (fn?.kind === 'object' && fn.callable)
    m.call(fn, undefinedValue, [unknown(failure, call.place)], call.place);
  return undefinedValue;
}

function makeResponse(m: Machine, handler: Obj | null, place: Place): Obj {
  const response = m.object(place);
  response.data = new ResponseMark(handler);
  response.open = { kind: 'request', text: 'it is part of the response' };
  const method = (name: string, fn: Native): void => {
    response.slots.set(name, { value: m.native(fn), place: null });
  };
  const effect =
    (kind: 'set-header' | 'remove-header'): Native =>
    (call) => {
      const [name, value] = call.args;
      const emit = (single: Val, content: Val | null): void => {
        if (kind === 'set-header' && content !== null) writeHeader(m, single, content, call);
        m.emit({
          type: 'response',
          effect: kind,
          response,
          name: single,
          value: content,
          place: call.place,
          conditions: m.state.conditions,
        });
      };
      if (name?.kind === 'object' && name.external === null) {
        for (const [key, slot] of name.slots) emit(known(key), slot.value);
      } else if (name !== undefined) {
        mapValue(name, (single) => {
          emit(single, value ?? null);
          return single;
        });
      }
      return response;
    };
  for (const name of ['setHeader', 'header', 'set', 'append', 'appendHeader'])
    method(name, effect('set-header'));
  method('removeHeader', effect('remove-header'));
  method('cookie', (call) => {
    writeCookie(m, 'res.cookie', call);
    return response;
  });
  method('writeHead', (call) => {
    const headers = call.args.at(-1);
    if (headers?.kind === 'object' && headers.elements === null)
      return effect('set-header')({ ...call, args: [headers] });
    return response;
  });
  for (const name of [
    'status',
    'type',
    'contentType',
    'vary',
    'links',
    'location',
    'clearCookie',
    'json',
    'jsonp',
    'send',
    'sendStatus',
    'end',
    'attachment',
  ])
    method(name, () => response);
  return response;
}
