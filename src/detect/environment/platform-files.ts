/** Turns the files of hosting platforms and Kubernetes into what they set in the environment of which service. */
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
} from './data-tree.ts';
import { isVariableName, maxSettings, type Setting } from './setting.ts';

/** One service, function or container that a platform file describes. */
export interface PlatformUnit {
  /** What it is called: names of services, images and directories by which its project may be told. */
  readonly names: readonly string[];
  /** Its directory as the file gives it; null where it gives none. */
  readonly directory: string | null;
  readonly settings: readonly Setting[];
  readonly command: string | null;
  /** The image of a container; null where the platform builds it. */
  readonly image: string | null;
}

type Reader = (text: string, file: string) => PlatformUnit[];

/** Readers by the base name of the files. */
const readers: readonly (readonly [RegExp, Reader])[] = [
  [/^(?:vercel|now)\.json$/, vercel],
  [/^app(?:[.-]?(?:prod|production|flex|standard))?\.ya?ml$/, appYaml],
  [/^fly(?:\.(?:prod|production))?\.toml$/, fly],
  [/^render\.ya?ml$/, render],
  [/^app\.json$/, herokuApp],
  [/^heroku\.ya?ml$/, herokuRun],
  [/^railway(?:\.(?:toml|json))$/, railway],
  [/^nixpacks\.(?:toml|json)$/, nixpacks],
  [/^serverless\.ya?ml$/, serverless],
];

/** What a file by its name sets; null where it is no platform's. */
export function readPlatformFile(text: string, file: string): PlatformUnit[] | null {
  const name = baseName(file);
  const reader = readers.find(([pattern]) => pattern.test(name));
  return reader === undefined ? null : reader[1](text, file);
}

function unit(settings: readonly Setting[], more: Partial<PlatformUnit> = {}): PlatformUnit {
  return { names: [], directory: null, settings, command: null, image: null, ...more };
}

/** `isOpen`: whether a text stands for something that only the platform fills in. */
function mapped(node: DataNode | null, isOpen: (text: string) => boolean): Setting[] {
  return entriesOf(node)
    .flatMap(({ key, value, location }) => {
      if (!isVariableName(key)) return [];
      const text = value.kind === 'scalar' ? value.text : null;
      return [{ name: key, value: text === null || isOpen(text) ? null : text, fallback: null, location }];
    })
    .slice(0, maxSettings);
}

/** A list of `{ key | name, value }`. */
function listed(node: DataNode | null, keyName: string, isOpen: (text: string) => boolean): Setting[] {
  return itemsOf(node)
    .flatMap((item) => {
      const name = textAt(item, keyName);
      if (name === null || !isVariableName(name)) return [];
      const written = valueAt(item, 'value');
      const text = written?.kind === 'scalar' ? written.text : null;
      const value = text === null || isOpen(text) ? null : text;
      return [{ name, value, fallback: null, location: written?.location ?? item.location }];
    })
    .slice(0, maxSettings);
}

const never = (): boolean => false;
const templated = (text: string): boolean => /\$\{|\{\{|\$\(/.test(text);

/** `env` (now 2: still read for deployments from the command line); `@name` is a secret that is kept elsewhere. */
function vercel(text: string, file: string): PlatformUnit[] {
  const tree = jsonTree(text, file);
  return [unit(mapped(valueAt(tree, 'env'), (value) => value.startsWith('@')))];
}

/** App Engine's `env_variables` and `entrypoint`; DigitalOcean's app specification has `services` with `envs`. */
function appYaml(text: string, file: string): PlatformUnit[] {
  const [tree = null] = yamlTrees(text, file);
  const services = itemsOf(valueAt(tree, 'services'));
  if (services.length > 0) {
    const shared = listed(valueAt(tree, 'envs'), 'key', templated);
    return services.map((service) => {
      const secret = itemsOf(valueAt(service, 'envs'))
        .filter((item) => textAt(item, 'type') === 'SECRET')
        .map((item) => textAt(item, 'key'));
      return unit(
        [
          ...shared,
          ...listed(valueAt(service, 'envs'), 'key', templated).map((setting) =>
            secret.includes(setting.name) ? { ...setting, value: null } : setting,
          ),
        ],
        {
          names: namesOf(textAt(service, 'name')),
          directory: textAt(service, 'source_dir'),
          command: textAt(service, 'run_command'),
        },
      );
    });
  }
  const runtime = textAt(tree, 'runtime');
  if (runtime !== null && !/^(?:node|custom)/i.test(runtime)) return [];
  const variables = valueAt(tree, 'env_variables');
  // The old form is a list of mappings.
  const settings =
    variables?.kind === 'list'
      ? variables.items.flatMap((item) => mapped(item, templated))
      : mapped(variables, templated);
  return [unit(settings, { command: textAt(tree, 'entrypoint') })];
}

function fly(text: string, file: string): PlatformUnit[] {
  const tree = tomlTree(text, file);
  const commands = entriesOf(valueAt(tree, 'processes')).map(({ value }) =>
    value.kind === 'scalar' ? value.text : null,
  );
  return [
    unit(mapped(valueAt(tree, 'env'), never), {
      names: namesOf(textAt(tree, 'app')),
      command: commands.find((command) => command !== null) ?? null,
    }),
  ];
}

/** Render's blueprint: `services[].envVars` with `value`; what it generates or asks for (`sync: false`, `fromDatabase`) is not known. */
function render(text: string, file: string): PlatformUnit[] {
  const [tree = null] = yamlTrees(text, file);
  const groups = new Map(
    itemsOf(valueAt(tree, 'envVarGroups')).map(
      (group) => [textAt(group, 'name'), listed(valueAt(group, 'envVars'), 'key', never)] as const,
    ),
  );
  return itemsOf(valueAt(tree, 'services')).flatMap((service) => {
    if (
      /^(?:static|redis|keyvalue|pserv_db)$/.test(textAt(service, 'type') ?? '') ||
      /^(?:static|python|ruby|go|rust|elixir)/.test(
        textAt(service, 'runtime') ?? textAt(service, 'env') ?? '',
      )
    )
      return [];
    const variables = valueAt(service, 'envVars');
    const shared = itemsOf(variables).flatMap((item) => groups.get(textAt(item, 'fromGroup')) ?? []);
    return [
      unit([...shared, ...listed(variables, 'key', never)], {
        names: namesOf(textAt(service, 'name')),
        directory: textAt(service, 'rootDir'),
        command: textAt(service, 'startCommand'),
      }),
    ];
  });
}

/** Heroku's app manifest: `env` of texts, or of `{ value }`; a generator's value is not known. */
function herokuApp(text: string, file: string): PlatformUnit[] {
  const tree = jsonTree(text, file);
  // Expo's app.json has no `env`.
  const settings = entriesOf(valueAt(tree, 'env')).flatMap(({ key, value, location }): Setting[] => {
    if (!isVariableName(key)) return [];
    const written = value.kind === 'scalar' ? value : valueAt(value, 'value');
    const text = written?.kind === 'scalar' ? written.text : null;
    return [
      { name: key, value: text, fallback: null, location: written === null ? location : written.location },
    ];
  });
  return settings.length === 0 ? [] : [unit(settings)];
}

function herokuRun(text: string, file: string): PlatformUnit[] {
  const [tree = null] = yamlTrees(text, file);
  const run = valueAt(tree, 'run', 'web');
  const command = run?.kind === 'scalar' ? run.text : textAt(run, 'command');
  return [unit([], { command })];
}

function railway(text: string, file: string): PlatformUnit[] {
  const tree = file.endsWith('.json') ? jsonTree(text, file) : tomlTree(text, file);
  return [
    unit(mapped(valueAt(tree, 'variables'), templated), { command: textAt(tree, 'deploy', 'startCommand') }),
  ];
}

function nixpacks(text: string, file: string): PlatformUnit[] {
  const tree = file.endsWith('.json') ? jsonTree(text, file) : tomlTree(text, file);
  return [unit(mapped(valueAt(tree, 'variables'), templated), { command: textAt(tree, 'start', 'cmd') })];
}

/** Serverless Framework: `provider.environment`, over it `functions.NAME.environment`. */
function serverless(text: string, file: string): PlatformUnit[] {
  const [tree = null] = yamlTrees(text, file);
  if (!/^nodejs/.test(textAt(tree, 'provider', 'runtime') ?? 'nodejs')) return [];
  const shared = mapped(valueAt(tree, 'provider', 'environment'), templated);
  const functions = entriesOf(valueAt(tree, 'functions'));
  if (functions.length === 0) return [unit(shared)];
  return functions.map(({ key, value }) =>
    unit([...shared, ...mapped(valueAt(value, 'environment'), templated)], { names: [key] }),
  );
}

/** Kinds that start containers. */
const workload = /^(?:Deployment|StatefulSet|DaemonSet|ReplicaSet|Pod|DeploymentConfig|Rollout|Service)$/;

/** Whether a YAML file can hold what `readKubernetes` reads, by its text. */
export function isKubernetes(text: string): boolean {
  return (
    text.includes('apiVersion') &&
    /^kind:\s*["']?(?:Deployment|StatefulSet|DaemonSet|ReplicaSet|Pod|DeploymentConfig|Rollout|Service|ConfigMap|Secret)\b/m.test(
      text,
    )
  );
}

/** The containers of Kubernetes manifests, with what ConfigMaps and Secrets of the same manifests give them. All files are read together: they name one another. */
export function readKubernetes(
  files: readonly { readonly path: string; readonly text: string }[],
): { readonly file: string; readonly unit: PlatformUnit }[] {
  const documents = files.flatMap(({ path, text }) => yamlTrees(text, path).map((tree) => ({ path, tree })));
  const maps = new Map<string, Setting[]>();
  for (const { tree } of documents) {
    const kind = textAt(tree, 'kind');
    const name = textAt(tree, 'metadata', 'name');
    if ((kind !== 'ConfigMap' && kind !== 'Secret') || name === null) continue;
    const plain = [
      ...mapped(valueAt(tree, 'data'), templated),
      ...mapped(valueAt(tree, 'stringData'), templated),
    ];
    const encoded =
      kind === 'Secret' ? new Set(entriesOf(valueAt(tree, 'data')).map(({ key }) => key)) : new Set<string>();
    const key = `${kind}:${name}`;
    const settings = plain.map((setting) =>
      encoded.has(setting.name) && setting.value !== null
        ? { ...setting, value: decoded(setting.value) }
        : setting,
    );
    // Overlays give one map several contents: then none is known.
    maps.set(key, maps.has(key) ? settings.map((setting) => ({ ...setting, value: null })) : settings);
  }
  return documents.flatMap(({ path, tree }) => {
    if (!workload.test(textAt(tree, 'kind') ?? '')) return [];
    const template = valueAt(tree, 'spec', 'template', 'spec') ?? valueAt(tree, 'spec');
    return itemsOf(valueAt(template, 'containers')).map((container) => ({
      file: path,
      unit: unit(containerSettings(container, maps), {
        names: [...namesOf(textAt(container, 'name')), ...namesOf(textAt(tree, 'metadata', 'name'))],
        image: textAt(container, 'image'),
        command:
          [...itemsOf(valueAt(container, 'command')), ...itemsOf(valueAt(container, 'args'))]
            .flatMap((item) => (item.kind === 'scalar' && item.text !== null ? [item.text] : []))
            .join(' ') || null,
      }),
    }));
  });
}

function containerSettings(container: DataNode, maps: ReadonlyMap<string, readonly Setting[]>): Setting[] {
  const whole = itemsOf(valueAt(container, 'envFrom')).flatMap((item) => {
    const prefix = textAt(item, 'prefix') ?? '';
    const settings =
      maps.get(`ConfigMap:${textAt(item, 'configMapRef', 'name')}`) ??
      maps.get(`Secret:${textAt(item, 'secretRef', 'name')}`) ??
      [];
    return settings.map((setting) => ({ ...setting, name: prefix + setting.name }));
  });
  const single = itemsOf(valueAt(container, 'env')).flatMap((item): Setting[] => {
    const name = textAt(item, 'name');
    if (name === null || !isVariableName(name)) return [];
    const from = valueAt(item, 'valueFrom');
    if (from !== null) {
      const [kind, ref] =
        valueAt(from, 'configMapKeyRef') !== null
          ? (['ConfigMap', 'configMapKeyRef'] as const)
          : (['Secret', 'secretKeyRef'] as const);
      const found = maps
        .get(`${kind}:${textAt(from, ref, 'name')}`)
        ?.find((setting) => setting.name === textAt(from, ref, 'key'));
      return [
        found === undefined
          ? { name, value: null, fallback: null, location: item.location }
          : { ...found, name },
      ];
    }
    // Kubernetes fills in `$(NAME)`.
    return listed({ kind: 'list', items: [item], location: item.location }, 'name', templated);
  });
  return [...whole, ...single];
}

function decoded(value: string): string | null {
  return /^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(value) ? Buffer.from(value, 'base64').toString('utf8') : null;
}

function namesOf(name: string | null): string[] {
  return name === null ? [] : [name];
}
