/** Checks requests and answers against GitHub's published OpenAPI description (the `@octokit/openapi` package). */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

type Json = Record<string, unknown>;

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Json;
}

export interface Operation {
  /** GitHub's operationId, such as `issues/create-comment`. */
  readonly id: string;
  readonly method: string;
  readonly pathTemplate: string;
  /** False where GitHub refuses the operation to every GitHub App's token, GITHUB_TOKEN among them. */
  readonly forApps: boolean;
}

export interface MatchedOperation {
  readonly operation: Operation;
  readonly pathParameters: ReadonlyMap<string, string>;
}

interface Description {
  readonly paths: Record<string, Record<string, Json>>;
  readonly components: Record<string, Record<string, Json>>;
}

let loaded: Description | undefined;
let ajv: Ajv2020 | undefined;
const validators = new Map<string, ValidateFunction>();

function description(): Description {
  if (loaded === undefined) {
    const manifest = createRequire(import.meta.url).resolve('@octokit/openapi/package.json');
    const file = join(dirname(manifest), 'generated', 'api.github.com.json');
    loaded = JSON.parse(readFileSync(file, 'utf8')) as Description;
  }
  return loaded;
}

/** One of the answers that the description shows. */
export function exampleOf(name: string): unknown {
  return (description().components.examples![name] as { value: unknown }).value;
}

function follow<T>(value: unknown): T {
  const reference = (value as { $ref?: string }).$ref;
  if (reference === undefined) return value as T;
  let target: unknown = description();
  for (const part of reference.slice(2).split('/')) target = (target as Json)[part];
  return follow<T>(target);
}

/** The operation that a method and path (without the query) name, preferring literal segments; null where GitHub has none. */
export function matchOperation(method: string, path: string): MatchedOperation | null {
  const segments = path.split('/');
  let best: { template: string; literals: number; parameters: Map<string, string> } | null = null;
  for (const [template, item] of Object.entries(description().paths)) {
    if (!Object.hasOwn(item, method.toLowerCase())) continue;
    const parts = template.split('/');
    if (parts.length !== segments.length) continue;
    const parameters = new Map<string, string>();
    const fits = parts.every((part, index) => {
      const segment = segments[index]!;
      const name = /^\{(.+)\}$/.exec(part)?.[1];
      if (name === undefined) return part === segment;
      parameters.set(name, decodeURIComponent(segment));
      return segment !== '';
    });
    const literals = parts.length - parameters.size;
    if (fits && (best === null || literals > best.literals)) best = { template, literals, parameters };
  }
  if (best === null) return null;
  const raw = description().paths[best.template]![method.toLowerCase()]!;
  return {
    operation: {
      id: raw.operationId as string,
      method: method.toLowerCase(),
      pathTemplate: best.template,
      forApps:
        (raw['x-github'] as { enabledForGitHubApps?: boolean } | undefined)?.enabledForGitHubApps !== false,
    },
    pathParameters: best.parameters,
  };
}

/** What is wrong with a request by the description: unknown or ill-typed parameters, a body that does not fit; empty where it is right. */
export function checkRequest(
  matched: MatchedOperation,
  query: URLSearchParams,
  contentType: string | undefined,
  body: unknown,
): string[] {
  const { operation } = matched;
  const raw = description().paths[operation.pathTemplate]![operation.method]!;
  const parameters = ((raw.parameters ?? []) as unknown[]).map((one) => follow<Parameter>(one));
  const problems: string[] = [];
  const given = { path: matched.pathParameters, query: new Map(query) };
  for (const place of ['path', 'query'] as const) {
    const known = parameters.filter((one) => one.in === place);
    for (const name of given[place].keys()) {
      if (!known.some((one) => one.name === name))
        problems.push(`${operation.id}: unknown ${place} parameter ${name}`);
    }
    for (const parameter of known) {
      const value = given[place].get(parameter.name);
      if (value === undefined) {
        if (parameter.required === true)
          problems.push(`${operation.id}: ${place} parameter ${parameter.name} is missing`);
        continue;
      }
      const typed = typedValue(parameter.schema.type, value);
      problems.push(...validate(`${operation.id} ${place} ${parameter.name}`, parameter.schema, typed));
    }
  }
  const perPage = Number(query.get('per_page') ?? 30);
  if (perPage < 1 || perPage > 100) problems.push(`${operation.id}: per_page ${perPage} is outside 1..100`);
  problems.push(...checkBody(operation, raw, contentType, body));
  return problems;
}

function typedValue(type: unknown, value: string): unknown {
  if (type === 'integer' && /^-?\d+$/.test(value)) return Number(value);
  return type === 'boolean' && /^(?:true|false)$/.test(value) ? value === 'true' : value;
}

function checkBody(
  operation: Operation,
  raw: Json,
  contentType: string | undefined,
  body: unknown,
): string[] {
  const wanted = raw.requestBody as
    | { required?: boolean; content: Record<string, { schema: Json }> }
    | undefined;
  if (body === undefined) return wanted?.required === true ? [`${operation.id}: the body is missing`] : [];
  if (wanted === undefined) return [`${operation.id}: takes no body`];
  const schema = wanted.content['application/json']?.schema;
  if (schema === undefined || !/^application\/json\b/.test(contentType ?? '')) {
    return [`${operation.id}: content-type ${contentType} is not one it takes`];
  }
  const properties = follow<{ properties?: Json }>(schema).properties ?? {};
  const unknown = Object.keys(body as Json).filter((name) => !Object.hasOwn(properties, name));
  return [
    ...validate(`${operation.id} body`, schema, body),
    ...unknown.map((name) => `${operation.id} body: unknown property ${name}`),
  ];
}

/** What is wrong with an answer by the description. Codes that every operation may give (401, 403, 404, 429, 5xx) pass undescribed. */
export function checkResponse(operation: Operation, status: number, body: unknown): string[] {
  const responses = description().paths[operation.pathTemplate]![operation.method]!.responses as Json;
  const raw = responses[String(status)];
  if (raw === undefined) {
    const common = [401, 403, 404, 409, 410, 422, 429].includes(status) || status >= 500;
    return common ? [] : [`${operation.id}: GitHub never answers ${status}`];
  }
  const schema = follow<{ content?: Record<string, { schema: Json }> }>(raw).content?.['application/json']
    ?.schema;
  if (schema === undefined) return body === undefined ? [] : [`${operation.id}: ${status} has no body`];
  return validate(`${operation.id} answer ${status}`, schema, body);
}

function validate(label: string, schema: Json, value: unknown): string[] {
  ajv ??= new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  let validator = validators.get(label);
  if (validator === undefined) {
    const schemas: Record<string, unknown> = {};
    gather(schema, schemas);
    // The references keep their form `#/components/schemas/x`, so the document is laid out as GitHub's is.
    validator = ajv.compile({ allOf: [normalise(schema)], components: { schemas } });
    validators.set(label, validator);
  }
  if (validator(value)) return [];
  return (validator.errors ?? []).map((error) => `${label}${error.instancePath}: ${error.message}`);
}

/** Collects, normalised, every schema that `value` refers to, through however many references. */
function gather(value: unknown, into: Record<string, unknown>): void {
  if (typeof value !== 'object' || value === null) return;
  const name = /^#\/components\/schemas\/(.+)$/.exec(String((value as { $ref?: string }).$ref))?.[1];
  if (name !== undefined && !Object.hasOwn(into, name)) {
    const schema = description().components.schemas![name]!;
    into[name] = normalise(schema);
    gather(schema, into);
  }
  for (const child of Object.values(value)) gather(child, into);
}

/** OpenAPI 3.0's `nullable` as JSON Schema has it; examples are dropped. */
function normalise(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normalise);
  if (typeof value !== 'object' || value === null) return value;
  const { nullable, example, ...rest } = value as Json;
  const schema = Object.fromEntries(Object.entries(rest).map(([key, child]) => [key, normalise(child)]));
  return nullable === true ? { anyOf: [schema, { type: 'null' }] } : schema;
}
