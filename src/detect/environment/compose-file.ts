/** Turns a Compose file into its services: what each builds or runs, and the environment that it gives. */
import type { Location } from '../../model/location.ts';
import { type DataNode, entriesOf, itemsOf, textAt, valueAt, yamlTrees } from './data-tree.ts';
import { type Filled, fillIn, isVariableName, maxSettings, type Setting } from './setting.ts';

export interface ComposeService {
  readonly name: string;
  readonly image: string | null;
  /** The place of `image`. */
  readonly imageLocation: Location | null;
  /** Directory of the build, relative to the Compose file; null where it builds nothing. */
  readonly context: string | null;
  readonly dockerfile: string | null;
  readonly target: string | null;
  readonly buildArguments: ReadonlyMap<string, Filled>;
  readonly settings: readonly Setting[];
  /** Its env_file entries, the last one wins; `environment` wins over them. */
  readonly files: readonly string[];
  readonly command: string | null;
  /** Directories of the repository that are put in place of the image's. */
  readonly mounts: readonly string[];
  readonly ports: readonly PublishedPort[];
}

/** A port of the container that Compose makes one of the machine's. */
export interface PublishedPort {
  /** The machine's address; null for all. */
  readonly address: string | null;
  readonly location: Location;
}

/** Reads the services (compose-spec, 05-services.md). Values with `${NAME}` are not known; `${NAME:-text}` has a fallback. */
export function readCompose(text: string, file: string): ComposeService[] {
  const [tree] = yamlTrees(text, file);
  if (tree === undefined) return [];
  // The first version of the format has its services at the top.
  const services = valueAt(tree, 'services') ?? (valueAt(tree, 'version') === null ? tree : null);
  return entriesOf(services).flatMap(({ key, value }) =>
    value.kind === 'map' ? [readService(key, value)] : [],
  );
}

function readService(name: string, node: DataNode): ComposeService {
  const build = valueAt(node, 'build');
  const context =
    build === null ? null : build.kind === 'scalar' ? build.text : (textAt(build, 'context') ?? '.');
  const files = valueAt(node, 'env_file');
  return {
    name,
    image: textAt(node, 'image'),
    imageLocation: valueAt(node, 'image')?.location ?? null,
    context: context === null ? null : (plain(context) ?? null),
    dockerfile: textAt(build, 'dockerfile'),
    target: textAt(build, 'target'),
    buildArguments: new Map(
      settingsOf(valueAt(build, 'args')).map((setting) => [setting.name, setting] as const),
    ),
    settings: settingsOf(valueAt(node, 'environment')),
    files: (files?.kind === 'scalar' ? [files] : itemsOf(files)).flatMap((item) => {
      const path = item.kind === 'scalar' ? item.text : textAt(item, 'path');
      return path === null ? [] : [path];
    }),
    command: commandOf(valueAt(node, 'entrypoint'), valueAt(node, 'command')),
    mounts: itemsOf(valueAt(node, 'volumes')).flatMap((item) => {
      const source =
        item.kind === 'scalar'
          ? item.text?.split(':')[0]
          : textAt(item, 'type') === 'bind'
            ? textAt(item, 'source')
            : null;
      return source != null && /^\.{1,2}(?:\/|$)/.test(source) ? [source] : [];
    }),
    ports: itemsOf(valueAt(node, 'ports')).flatMap((item) => publishedPort(item)),
  };
}

/** `[[address:]port:]port[/protocol]`, or the same as a mapping; without a port of the machine any free one is taken. */
function publishedPort(item: DataNode): PublishedPort[] {
  if (item.kind !== 'scalar') {
    if (textAt(item, 'published') === null) return [];
    return [{ address: addressOf(textAt(item, 'host_ip')), location: item.location }];
  }
  // The address is what stands before the last two parts; one of IPv6 has colons of its own.
  const parts = (item.text === null ? null : plain(item.text))?.split(':') ?? [];
  return parts.length < 2
    ? []
    : [{ address: addressOf(parts.slice(0, -2).join(':')), location: item.location }];
}

function addressOf(text: string | null): string | null {
  const address = text === null ? '' : (plain(text) ?? '').replace(/^\[|\]$/g, '');
  return address === '' || address === '0.0.0.0' || address === '::' ? null : address;
}

/** A path in which variables stand by their fallback. */
function plain(text: string): string | null {
  const filled = fillIn(text, undefined, '$');
  return filled.value ?? filled.fallback;
}

/** A mapping `NAME: value`, or a list of `NAME=value`; a name alone is handed on from the shell and so not known. */
function settingsOf(node: DataNode | null): Setting[] {
  const found: Setting[] = [];
  const add = (name: string, text: string | null, location: Setting['location']): void => {
    if (!isVariableName(name) || found.length >= maxSettings) return;
    const filled = text === null ? { value: null, fallback: null } : fillIn(text, undefined, '$');
    found.push({ name, ...filled, location });
  };
  for (const { key, value, location } of entriesOf(node))
    add(key, value.kind === 'scalar' ? value.text : null, location);
  for (const item of itemsOf(node)) {
    if (item.kind !== 'scalar' || item.text === null) continue;
    const equals = item.text.indexOf('=');
    add(
      equals === -1 ? item.text : item.text.slice(0, equals),
      equals === -1 ? null : item.text.slice(equals + 1),
      item.location,
    );
  }
  return found;
}

function commandOf(...nodes: readonly (DataNode | null)[]): string | null {
  const parts = nodes.flatMap((node) => {
    if (node?.kind === 'scalar') return node.text === null ? [] : [node.text];
    return itemsOf(node).flatMap((item) =>
      item.kind === 'scalar' && item.text !== null ? [quoted(item.text)] : [],
    );
  });
  return parts.length === 0 ? null : parts.join(' ');
}

function quoted(word: string): string {
  // `sh -c "…"`: what the shell is told is the command.
  return /\s/.test(word) ? word : word.replace(/^(?:\/bin\/)?(?:ba)?sh$|^-l?c$/, '');
}
