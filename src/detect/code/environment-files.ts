/** Turns the files that set environment variables for production into the settings that the rules ask about. */
import type { Location } from '../../model/location.ts';
import type { Project } from '../../model/project.ts';
import type { SnapshotFile } from '../../model/snapshot.ts';
import type { TlsValidation } from '../app-model.ts';

/** `.env` and `.env.production`, Dockerfiles, compose files, Procfiles and what starts processes; those of development are not production. */
const productionFile =
  /(?:^|\/)(?:\.env(?:\.(?:prod|production))?|Dockerfile(?:\.(?:prod|production))?|(?:prod(?:uction)?\.)?Dockerfile|(?:docker-)?compose(?:\.(?:prod|production))?\.ya?ml|Procfile|ecosystem\.config\.c?js|app\.ya?ml|render\.yaml|fly\.toml)$/i;

const productionScript = /^(?:start|serve|server|prod|production)(?:[:.-](?!dev|test|local).*)?$/;

const setting = /\bNODE_TLS_REJECT_UNAUTHORIZED\s*[=:]\s*(["']?)0\1(?![\w.])/g;

function locationOf(file: string, text: string, from: number, to: number): Location {
  const before = text.slice(0, from);
  const line = before.split('\n').length;
  const column = from - (before.lastIndexOf('\n') + 1) + 1;
  return { file, line, column, endLine: line, endColumn: column + (to - from) };
}

/** Where production's environment switches the checking of TLS certificates off. */
export function tlsSettings(project: Project, files: readonly SnapshotFile[]): TlsValidation[] {
  const found: TlsValidation[] = [];
  for (const file of files) {
    const isManifest = file.path === project.manifestFile;
    if (
      (!isManifest && !productionFile.test(file.path)) ||
      !file.text.includes('NODE_TLS_REJECT_UNAUTHORIZED')
    )
      continue;
    for (const match of file.text.matchAll(setting)) {
      if (
        isManifest ? !inProductionScript(project, file.text, match.index) : isComment(file.text, match.index)
      )
        continue;
      const location = locationOf(file.path, file.text, match.index, match.index + match[0].length);
      found.push({
        setting: 'NODE_TLS_REJECT_UNAUTHORIZED',
        option: { value: { kind: 'known', value: '0' }, location, related: [], written: null },
        role: 'client',
        certainty: { kind: 'always' },
      });
    }
  }
  return found;
}

function isComment(text: string, at: number): boolean {
  return /^\s*(?:#|\/\/)/.test(text.slice(text.lastIndexOf('\n', at) + 1, at));
}

/** Whether the place is in a script of package.json that starts production. */
function inProductionScript(project: Project, text: string, at: number): boolean {
  const line = text.slice(
    text.lastIndexOf('\n', at) + 1,
    text.indexOf('\n', at) === -1 ? text.length : text.indexOf('\n', at),
  );
  return Object.keys(project.manifest.scripts ?? {}).some(
    (name) => productionScript.test(name) && line.includes(`${JSON.stringify(name)}`),
  );
}
