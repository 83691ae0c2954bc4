/** Parsers of YAML, TOML, JSON5, ini and properties: a text that start-up reads as what it holds, each value with its place in the file. */
import { type DataFormat, dataFormat, readDataFile, readDataText } from '../data-files.ts';
import { absentValue, mapValue, type Single, undefinedValue, unknown, type Val } from '../values.ts';
import { type ExternalCall, hangs, type Library, type World } from './library.ts';
import { inRepository } from './node-modules.ts';

type Summary = (world: World, call: ExternalCall) => Val;

function documentsOf(world: World, call: ExternalCall, text: Single, format: DataFormat): Val[] | Val {
  const documents = readDataText(world.m, text, format, call.place);
  if (documents !== null) return documents;
  world.m.risk++;
  return hangs({ ...call, args: [text] }, `text that is no ${format.toUpperCase()}`);
}

/** `parse(text)`. */
const parse =
  (format: DataFormat): Summary =>
  (world, call) =>
    mapValue(call.args[0] ?? undefinedValue, (text) => {
      const documents = documentsOf(world, call, text, format);
      return Array.isArray(documents) ? (documents[0] ?? undefinedValue) : documents;
    });

/** `loadAll(text)`: every document, as an array or to a function. */
const parseAll: Summary = (world, call) =>
  mapValue(call.args[0] ?? undefinedValue, (text) => {
    const documents = documentsOf(world, call, text, 'yaml');
    if (!Array.isArray(documents)) return documents;
    const each = call.args[1];
    if (each?.kind === 'object' && each.callable)
      for (const document of documents) world.m.call(each, undefinedValue, [document], call.place);
    return world.m.array(documents, call.place);
  });

/** `parseDocument(text)`: what `toJS()` and `get()` of it give. */
const parseDocument: Summary = (world, call) => {
  const { m } = world;
  const content = parse('yaml')(world, call);
  const give = m.native(() => content);
  return m.objectOf(
    [
      ['toJS', give],
      ['toJSON', give],
      ['errors', m.array([], call.place)],
      ['get', m.native((inner) => property(world, content, inner.args[0], inner.place))],
    ],
    call.place,
  );
};

function property(world: World, content: Val, key: Val | undefined, place: ExternalCall['place']): Val {
  return key?.kind === 'known'
    ? world.m.get(content, String(key.value), place)
    : hangs({ args: [content, key ?? absentValue], place }, 'a property');
}

/** `load(path)`: a file by its name. */
const readFile =
  (format: DataFormat | null): Summary =>
  (world, call) =>
    mapValue(call.args[0] ?? undefinedValue, (name) => {
      const path = inRepository(world, name);
      const text = path === null ? null : world.text(path);
      if (path === null || text === null) {
        world.m.risk++;
        return path === null
          ? hangs({ ...call, args: [name] }, 'the name of a file')
          : unknown(
              { kind: 'file', text: `it is read from the file \`${path}\`, which is not in the repository` },
              call.place,
            );
      }
      return readDataFile(world.m, path, text, format ?? dataFormat(path) ?? 'json');
    });

const same: Summary = (_, call) => call.args[0] ?? undefinedValue;

const json = parse('json');
const yaml = parse('yaml');
const toml = parse('toml');
const ini = parse('ini');
const loadJson = readFile('json');

export const configurationFiles: readonly Library[] = [
  // js-yaml 4.3, dist/js-yaml.js; safeLoad up to 3.x.
  {
    names: ['js-yaml'],
    calls: { load: yaml, safeLoad: yaml, loadAll: parseAll, safeLoadAll: parseAll },
  },
  { names: ['yaml'], calls: { parse: yaml, parseDocument, parseAllDocuments: parseAll } },
  { names: ['yamljs'], calls: { parse: yaml, load: readFile('yaml') } },
  { names: ['read-yaml', 'read-yaml-file'], calls: { sync: readFile('yaml'), '': readFile('yaml') } },
  {
    names: ['toml', '@iarna/toml', 'smol-toml', '@ltd/j-toml', 'fast-toml'],
    calls: { parse: toml, 'parse.string': toml },
  },
  {
    names: [
      'json5',
      'hjson',
      'comment-json',
      'jsonc-parser',
      'jsonc',
      'json-parse-better-errors',
      'parse-json',
    ],
    calls: { parse: json, '': json },
  },
  { names: ['strip-json-comments', 'strip-bom'], calls: { '': same } },
  { names: ['ini'], calls: { parse: ini, decode: ini } },
  { names: ['properties', 'properties-parser', 'dot-properties'], calls: { parse: parse('properties') } },
  {
    names: ['load-json-file', 'jsonfile', 'read-json-file', 'read-pkg'],
    calls: {
      '': loadJson,
      sync: loadJson,
      loadJsonFile: loadJson,
      loadJsonFileSync: loadJson,
      readFileSync: loadJson,
      readFile: loadJson,
    },
  },
];
