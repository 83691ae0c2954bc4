/** Finds the modules with which a project's programs begin. */
import { compareText } from '../../model/location.ts';
import type { Project } from '../../model/project.ts';
import type { SnapshotFile } from '../../model/snapshot.ts';
import { joinPath, type ModuleResolver } from './resolve-module.ts';
import { isBuildOutput, isJudged } from './source-roles.ts';

/** A file that itself makes something that the rules ask about. */
export const ofInterest =
  /['"`](?:express|(?:@[\w.-]+\/)?(?:express|cookie)-session|@nestjs\/core)['"`]|rejectUnauthorized|NODE_TLS_REJECT_UNAUTHORIZED|\bres(?:ponse)?\.cookie\s*\(|\bminVersion\b|\bsecureProtocol\b|DEFAULT_MIN_VERSION|\bstrictSSL\b|\btrustServerCertificate\b|\bsslValidate\b|checkServerIdentity|\btls(?:Insecure|AllowInvalid\w+)\b|\bexpress\s*\.\s*(?:session|cookieSession)\b/;

const productionScripts =
  /^(?:start|serve|server|prod|production|start[:.-](?:prod|production|server|api|web|app)|serve[:.-]prod)$/;

/** Runs of a program in a script: `node -r x server.js`, `pm2 start app.js`, `ts-node src/index.ts`. */
const program =
  /(?:^|[\s;&|])(?:node|nodejs|nodemon|ts-node|ts-node-dev|tsx|pm2(?:-runtime)?|forever|supervisor|babel-node|bun|swc-node|esr|sucrase-node)\b([^;&|]*)/g;

/** The entry modules that the manifest names, those that production starts first. */
export function declaredEntries(project: Project, resolver: ModuleResolver): string[] {
  const { manifest } = project;
  const found: string[] = [];
  const add = (target: string | undefined): boolean => {
    if (target === undefined) return false;
    const path = joinPath(project.directory, target);
    const entry = path === null ? null : resolver.entry(path);
    if (entry !== null && isJudged(entry) && !found.includes(entry)) found.push(entry);
    return entry !== null;
  };
  for (const [name, script] of Object.entries(manifest.scripts ?? {})) {
    if (!productionScripts.test(name)) continue;
    for (const match of script.matchAll(program)) {
      for (const word of (match[1] ?? '').split(/\s+/)) {
        const target = word.replace(/^['"]|['"]$/g, '');
        if (target === '' || target.startsWith('-') || target === 'start' || !/[./]|^\w+$/.test(target))
          continue;
        if (add(target)) break;
      }
    }
  }
  if (typeof manifest.main === 'string') add(manifest.main);
  if (typeof manifest.bin === 'string') add(manifest.bin);
  else for (const target of Object.values(manifest.bin ?? {})) add(target);
  return found;
}

const specifier = /(?:\brequire\s*\(\s*|\bfrom\s*|\bimport\s*\(?\s*)(['"`])([^'"`\n]{1,200})\1/g;

/** Who imports whom among a project's files, read off their text. */
export class ImportGraph {
  private readonly importers = new Map<string, string[]>();

  constructor(files: readonly SnapshotFile[], resolver: ModuleResolver) {
    for (const file of files) {
      for (const match of file.text.matchAll(specifier)) {
        const name = match[2]!;
        if (!/^[.#@~/]/.test(name) && !name.includes('/')) continue;
        const resolved = resolver.resolve(name, file.path);
        if (resolved.kind !== 'file' || resolved.path === file.path) continue;
        const list = this.importers.get(resolved.path);
        if (list === undefined) this.importers.set(resolved.path, [file.path]);
        else list.push(file.path);
      }
    }
  }

  /** The modules above `path` that none imports, those that look like a server first; empty where it is itself one of them. */
  topmost(path: string): string[] {
    const tops: string[] = [];
    const seen = new Set<string>([path]);
    const queue = [path];
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      const above = this.importers.get(at) ?? [];
      if (above.length === 0 && at !== path) tops.push(at);
      for (const importer of above) {
        if (seen.has(importer)) continue;
        seen.add(importer);
        queue.push(importer);
      }
    }
    return tops.sort((a, b) => rank(a) - rank(b) || compareText(a, b));
  }

  /** Whether some module imports `path`, and each way up from it comes to one of `modules`. */
  isOnlyBelow(path: string, modules: ReadonlySet<string>): boolean {
    const seen = new Set<string>([path]);
    const queue = [path];
    let isBelow = false;
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      const above = this.importers.get(at) ?? [];
      if (above.length === 0) return false;
      for (const importer of above) {
        if (modules.has(importer)) isBelow = true;
        else if (!seen.has(importer)) {
          seen.add(importer);
          queue.push(importer);
        }
      }
    }
    return isBelow;
  }
}

/** Programs that look like the server first, build output last. */
function rank(path: string): number {
  const depth = path.split('/').length;
  return (
    depth +
    (isBuildOutput(path) ? 100 : 0) +
    (/(?:^|\/)(?:server|app|index|main|www)(?:\.[cm]?[jt]s)?$/.test(path) ? 0 : 10)
  );
}
