/** Turns a file of a CI system into the versions of Node.js on which its jobs run. */
import type { Location } from '../../model/location.ts';
import { type DataNode, entriesOf, itemsOf, textAt, valueAt, yamlTrees } from '../environment/data-tree.ts';
import { fillIn } from '../environment/setting.ts';
import type { NodeMeaning } from '../node-facts.ts';
import { readImage } from './node-image.ts';
import { quoted, readSpecifier } from './node-specifier.ts';
import {
  type Files,
  type Pin,
  readDevEngines,
  readEngines,
  readVersionFile,
  readVolta,
} from './pinned-versions.ts';

/** One version on which a job runs. */
export interface JobVersion {
  readonly text: string;
  readonly meaning: NodeMeaning;
  readonly location: Location;
  /** Whether the version stands in another file, which is judged by itself. */
  readonly elsewhere: boolean;
}

const mostVersions = 500;

/** The versions in a workflow of GitHub Actions, in .gitlab-ci.yml or in .circleci/config.yml; empty where it names none. */
export function readJobVersions(path: string, text: string, files: Files, today: string): JobVersion[] {
  const [tree = null] = yamlTrees(text, path);
  const found = path.startsWith('.github/workflows/')
    ? new WorkflowReader(tree, files, today).read()
    : imagesOf(tree, path.startsWith('.circleci/'), today);
  return found.slice(0, mostVersions);
}

function imageVersion(node: DataNode | null, today: string): JobVersion[] {
  const image = node?.kind === 'map' ? (valueAt(node, 'name') ?? valueAt(node, 'image')) : node;
  if (image?.kind !== 'scalar' || image.text === null) return [];
  const { location, text } = image;
  const meaning = readImage({ ...fillIn(text), text, location, arguments: [] }, today);
  return meaning === null ? [] : [{ text, meaning, location, elsewhere: false }];
}

/** GitLab: `image` at the top, in `default` and in jobs. CircleCI: the first image of `docker` in jobs and executors. */
function imagesOf(tree: DataNode | null, isCircle: boolean, today: string): JobVersion[] {
  if (isCircle)
    return ['jobs', 'executors'].flatMap((key) =>
      entriesOf(valueAt(tree, key)).flatMap(({ value }) =>
        imageVersion(itemsOf(valueAt(value, 'docker'))[0] ?? null, today),
      ),
    );
  return [
    ...imageVersion(valueAt(tree, 'image'), today),
    ...entriesOf(tree).flatMap(({ key, value }) =>
      key === 'image' ? [] : imageVersion(valueAt(value, 'image'), today),
    ),
  ];
}

/** What an expression may be looked up in, the nearest first. */
type Environments = readonly (DataNode | null)[];

class WorkflowReader {
  private readonly tree: DataNode | null;
  private readonly files: Files;
  private readonly today: string;

  constructor(tree: DataNode | null, files: Files, today: string) {
    this.tree = tree;
    this.files = files;
    this.today = today;
  }

  read(): JobVersion[] {
    return entriesOf(valueAt(this.tree, 'jobs')).flatMap(({ value: job }) => [
      ...imageVersion(valueAt(job, 'container'), this.today),
      ...itemsOf(valueAt(job, 'steps')).flatMap((step) => this.step(job, step)),
    ]);
  }

  private step(job: DataNode, step: DataNode): JobVersion[] {
    if (!/^actions\/setup-node(?:@|$)/i.test(textAt(step, 'uses') ?? '')) return [];
    const version = valueAt(step, 'with', 'node-version');
    // Where both are given, the version counts (setup-node, README).
    if (version !== null) {
      const environments = [step, job, this.tree].map((node) => valueAt(node, 'env'));
      return this.valuesOf(version, job, environments, true);
    }
    const file = valueAt(step, 'with', 'node-version-file');
    return file?.kind === 'scalar' && file.text !== null ? [this.fromFile(file.text, file.location)] : [];
  }

  /** A version, a list of them, or an expression that leads to the job's matrix or to an environment. */
  private valuesOf(node: DataNode, job: DataNode, environments: Environments, follow: boolean): JobVersion[] {
    if (node.kind === 'list')
      return node.items.flatMap((item) => this.valuesOf(item, job, environments, false));
    const { location } = node;
    const text = node.kind === 'scalar' ? node.text : null;
    if (text === null) return [this.unknown('', 'the version is not written as one', location)];
    const expression = /^\s*\$\{\{\s*(.*?)\s*\}\}\s*$/.exec(text)?.[1];
    if (expression === undefined)
      return text.includes('${{')
        ? [this.unknown(text, `depends on ${quoted(text)}`, location)]
        : [{ text, meaning: readSpecifier(text, this.today), location, elsewhere: false }];
    const [, context, name] =
      /^(matrix|env)\.([\w-]+)$/.exec(expression) ??
      /^(matrix|env)\[\s*'([\w-]+)'\s*\]$/.exec(expression) ??
      [];
    const given =
      !follow || name === undefined
        ? []
        : context === 'env'
          ? inEnvironment(environments, name)
          : inMatrix(job, name);
    return given.length === 0
      ? [this.unknown(text, `depends on ${quoted(text)}`, location)]
      : given.flatMap((one) => this.valuesOf(one, job, environments, false));
  }

  private unknown(text: string, reason: string, location: Location): JobVersion {
    return { text, meaning: { kind: 'unknown', reason }, location, elsewhere: false };
  }

  private fromFile(written: string, location: Location): JobVersion {
    const path = written.replace(/^(?:\.\/)+/, '');
    const file = this.files.get(path);
    if (written.includes('${{')) return this.unknown(written, `depends on ${quoted(written)}`, location);
    if (file === undefined)
      return this.unknown(written, `the file ${quoted(written)} is not in the repository`, location);
    const pin = pinOf(path, this.files);
    return pin === null
      ? this.unknown(written, `${quoted(written)} names no version of Node.js`, location)
      : { text: pin.text, meaning: readSpecifier(pin.text, this.today), location, elsewhere: true };
  }
}

/** In the order in which setup-node looks: `volta`, `devEngines`, `engines` of a package.json. */
function pinOf(path: string, files: Files): Pin | null {
  const file = files.get(path)!;
  return /(?:^|\/)package\.json$/.test(path)
    ? (readVolta(file, files) ?? readDevEngines(file) ?? readEngines(file))
    : readVersionFile(file);
}

function inEnvironment(environments: Environments, name: string): DataNode[] {
  for (const environment of environments) {
    const found = valueAt(environment, name);
    if (found !== null) return [found];
  }
  return [];
}

/** The entries of a matrix, those of `include` too. */
function inMatrix(job: DataNode, name: string): DataNode[] {
  const matrix = valueAt(job, 'strategy', 'matrix');
  const own = valueAt(matrix, name);
  const included = itemsOf(valueAt(matrix, 'include')).flatMap((item) => valueAt(item, name) ?? []);
  return own === null ? included : [own, ...included];
}
