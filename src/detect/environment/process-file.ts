/** Turns a process file of pm2 into the environments that it gives its programs. */
import { type DataNode, entriesOf, itemsOf, textAt, valueAt } from './data-tree.ts';
import { isVariableName, maxSettings, type Setting } from './setting.ts';

export interface ProcessApp {
  readonly name: string | null;
  readonly directory: string | null;
  readonly script: string | null;
  /** What `env` gives, and over it `env_production`: pm2 7, lib/Common.js `mergeEnvironmentVariables`. */
  readonly settings: readonly Setting[];
  /** True where it has an environment of its own for production. */
  readonly hasProduction: boolean;
}

/** The programs of a process file: `{ apps: […] }`, a list, or one program. `environment` is what `--env` names. */
export function readProcessFile(tree: DataNode | null, environment: string | null): ProcessApp[] {
  const apps = valueAt(tree, 'apps') ?? tree;
  return (apps?.kind === 'list' ? itemsOf(apps) : [apps]).flatMap((app) => {
    if (app?.kind !== 'map') return [];
    const names = environment === null ? ['production', 'prod'] : [environment];
    const own = names.map((name) => valueAt(app, `env_${name}`)).find((node) => node !== null) ?? null;
    const settings = new Map<string, Setting>();
    for (const setting of [...settingsOf(valueAt(app, 'env')), ...settingsOf(own)])
      settings.set(setting.name, setting);
    return [
      {
        name: textAt(app, 'name'),
        directory: textAt(app, 'cwd'),
        script: textAt(app, 'script'),
        settings: [...settings.values()],
        hasProduction: own !== null,
      },
    ];
  });
}

function settingsOf(node: DataNode | null): Setting[] {
  return entriesOf(node)
    .flatMap(({ key, value, location }) =>
      isVariableName(key)
        ? [{ name: key, value: value.kind === 'scalar' ? value.text : null, fallback: null, location }]
        : [],
    )
    .slice(0, maxSettings);
}
