/** Turns the files of hosting platforms into the versions of Node.js that they ask for. */
import { baseName } from '../code/resolve-module.ts';
import {
  type DataNode,
  entriesOf,
  itemsOf,
  jsonTree,
  textAt,
  tomlTree,
  valueAt,
  yamlTrees,
} from '../environment/data-tree.ts';
import type { Pin } from './pinned-versions.ts';
import { valuePlace } from './value-place.ts';

const readers: readonly (readonly [RegExp, (text: string, file: string) => Pin[]])[] = [
  [/^app(?:[.-]?(?:prod|production|flex|standard))?\.ya?ml$/, appYaml],
  [/^serverless\.ya?ml$/, serverless],
  [/^(?:sam-?)?template\.ya?ml$/, cloudFormation],
  [/^netlify\.toml$/, netlify],
  [/^render\.ya?ml$/, render],
  [/^nixpacks\.toml$/, nixpacks],
  [/^(?:vercel|now)\.json$/, vercel],
];

/** Whether a file by its name is one that `readRuntimes` reads. */
export function isPlatformFile(path: string): boolean {
  return readers.some(([pattern]) => pattern.test(baseName(path)));
}

/** The versions that a platform's file asks for; the text is `16`, `16.x` and the like. */
export function readRuntimes(text: string, file: string): Pin[] {
  return readers.find(([pattern]) => pattern.test(baseName(file)))?.[1](text, file) ?? [];
}

/** `nodejs16`, `nodejs16.x`: null for another language's, and for App Engine's flexible `nodejs`, whose version stands elsewhere. */
function runtimePin(node: DataNode | null): Pin[] {
  if (node?.kind !== 'scalar') return [];
  const [written, version] = /^nodejs(\d[\d.x]*)$/i.exec(node.text ?? '') ?? [];
  return written === undefined || version === undefined
    ? []
    : [{ kind: 'runtime', text: version, written, location: node.location }];
}

function scalarPin(kind: string, node: DataNode | null): Pin[] {
  return node?.kind === 'scalar' && node.text !== null && node.text !== ''
    ? [{ kind, text: node.text, location: node.location }]
    : [];
}

function appYaml(text: string, file: string): Pin[] {
  const [tree = null] = yamlTrees(text, file);
  return [
    ...runtimePin(valueAt(tree, 'runtime')),
    ...scalarPin('runtime_version', valueAt(tree, 'runtime_config', 'runtime_version')).filter(() =>
      /^nodejs/.test(textAt(tree, 'runtime') ?? ''),
    ),
  ];
}

function serverless(text: string, file: string): Pin[] {
  const [tree = null] = yamlTrees(text, file);
  return [
    ...runtimePin(valueAt(tree, 'provider', 'runtime')),
    ...entriesOf(valueAt(tree, 'functions')).flatMap(({ value }) => runtimePin(valueAt(value, 'runtime'))),
  ];
}

/** AWS SAM and CloudFormation: `Runtime` of functions, and of all of them under `Globals`. */
function cloudFormation(text: string, file: string): Pin[] {
  const [tree = null] = yamlTrees(text, file);
  return [
    ...runtimePin(valueAt(tree, 'Globals', 'Function', 'Runtime')),
    ...entriesOf(valueAt(tree, 'Resources')).flatMap(({ value }) =>
      /^AWS::(?:Serverless|Lambda)::Function$/.test(textAt(value, 'Type') ?? '')
        ? runtimePin(valueAt(value, 'Properties', 'Runtime'))
        : [],
    ),
  ];
}

function netlify(text: string, file: string): Pin[] {
  const tree = tomlTree(text, file);
  return [
    valueAt(tree, 'build', 'environment', 'NODE_VERSION'),
    valueAt(tree, 'context', 'production', 'environment', 'NODE_VERSION'),
  ].flatMap((node) => narrowed(scalarPin('NODE_VERSION', node), text));
}

function nixpacks(text: string, file: string): Pin[] {
  const node = valueAt(tomlTree(text, file), 'variables', 'NIXPACKS_NODE_VERSION');
  return narrowed(scalarPin('NIXPACKS_NODE_VERSION', node), text);
}

function narrowed(pins: readonly Pin[], text: string): Pin[] {
  return pins.map((pin) => ({ ...pin, location: valuePlace(text, pin.location, pin.text) }));
}

function render(text: string, file: string): Pin[] {
  const [tree = null] = yamlTrees(text, file);
  return itemsOf(valueAt(tree, 'services')).flatMap((service) =>
    textAt(service, 'type') === 'static' || textAt(service, 'runtime') === 'static'
      ? []
      : itemsOf(valueAt(service, 'envVars'))
          .filter((variable) => textAt(variable, 'key') === 'NODE_VERSION')
          .flatMap((variable) => scalarPin('NODE_VERSION', valueAt(variable, 'value'))),
  );
}

/** Functions of Vercel's older form; the newer one takes the version from `engines`. */
function vercel(text: string, file: string): Pin[] {
  const functions = valueAt(jsonTree(text, file), 'functions');
  return entriesOf(functions).flatMap(({ value }) => runtimePin(valueAt(value, 'runtime')));
}
