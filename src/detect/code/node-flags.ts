/** Turns flags of Node.js in scripts, Dockerfiles and environment files into settings of TLS for the whole process. */
import type { Project } from '../../model/project.ts';
import type { SnapshotFile } from '../../model/snapshot.ts';
import type { TlsSetting } from '../app-model.ts';
import { TextLines } from '../text-lines.ts';
import { isWeakVersion, tlsVersion, tlsVersions, weakFrom } from '../transport/tls-versions.ts';
import { weakInOpenSslList } from '../transport/weak-ciphers.ts';

/** Files by which production starts the process or sets its NODE_OPTIONS; those of development are not production. */
const productionFile =
  /(?:^|\/)(?:\.env(?:\.(?:prod|production))?|Dockerfile(?:\.(?:prod|production))?|(?:prod(?:uction)?\.)?Dockerfile|(?:docker-)?compose(?:\.(?:prod|production))?\.ya?ml|Procfile|ecosystem\.config\.c?js|app\.ya?ml|render\.yaml|fly\.toml)$/i;

const productionScript = /^(?:start|serve|server|prod|production)(?:[:.-](?!dev|test|local).*)?$/;

/** Node.js 24, doc/api/cli.md. */
const flag = /--tls-(?:(min|max)-(v1\.[0123])(?![\w.])|cipher-list(?:=|[ \t]+)(["']?)([^\s"'\\]{1,2000}))/g;

/** What production's start lets the process accept. `isOwn`: whether a file is the project's. */
export function tlsFlags(
  project: Project,
  files: ReadonlyMap<string, SnapshotFile>,
  isOwn: (path: string) => boolean,
): TlsSetting[] {
  const found: TlsSetting[] = [];
  for (const { path, text } of files.values()) {
    const isManifest = path === project.manifestFile;
    if (!text.includes('--tls-') || (!isManifest && !(productionFile.test(path) && isOwn(path)))) continue;
    const lines = new TextLines(path, text);
    for (const match of text.matchAll(flag)) {
      const line = lines.line(match.index);
      if (isManifest ? !isOfProduction(project, line) : /^\s*(?:#|\/\/)/.test(line)) continue;
      found.push(settingOf(match, lines));
    }
  }
  return found;
}

function settingOf(match: RegExpExecArray, lines: TextLines): TlsSetting {
  const [written, end, name, , ciphers] = match;
  const version = name === undefined ? null : tlsVersion(`TLS${name}`);
  const location = lines.location(match.index, match.index + written.length);
  const { file, line, column, endLine, endColumn } = location;
  return {
    name: written.split(/[=\s]/)[0]!,
    about: ciphers === undefined ? 'versions' : 'ciphers',
    side: 'process',
    location,
    related: [],
    weak:
      ciphers !== undefined
        ? (weakInOpenSslList(ciphers) ?? [])
        : version === null
          ? []
          : end === 'min'
            ? weakFrom(version)
            : tlsVersions.filter((one) => one === version && isWeakVersion(one)),
    unknown: null,
    certainty: { kind: 'always' },
    fix:
      end === 'min'
        ? {
            description: 'Accept TLS 1.2 or newer only',
            edits: [
              {
                file,
                start: { line, column },
                end: { line: endLine, column: endColumn },
                text: '--tls-min-v1.2',
              },
            ],
          }
        : null,
  };
}

/** Whether the line is that of a script that starts production. */
function isOfProduction({ manifest }: Project, line: string): boolean {
  return Object.keys(manifest.scripts ?? {}).some(
    (name) => productionScript.test(name) && line.includes(`${JSON.stringify(name)}`),
  );
}
