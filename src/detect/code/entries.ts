/** Finds the modules with which a project's programs begin. */
import type { Project } from '../../model/project.ts';
import type { SnapshotFile } from '../../model/snapshot.ts';
import { joinPath, type ModuleResolver } from './resolve-module.ts';
import { isBuildOutput, isJudged } from './source-roles.ts';

/** A file that itself makes something that the rules ask about. */
export const ofInterest =
  /['"`](?:express|express-session|cookie-session|@nestjs\/core)['"`]|rejectUnauthorized|NODE_TLS_REJECT_UNAUTHORIZED|\bexpress\s*\.\s*(?:session|cookieSession)\b/;

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

/**
 * For files of interest that nothing has reached: the topmost modules that import them, or they themselves. Every module that is imported by
 * none of the others begins a program.
 */
export function topmostImporters(
  unreached: readonly string[],
  candidates: readonly SnapshotFile[],
  resolver: ModuleResolver,
): string[] {
  const importers = new Map<string, string[]>();
  for (const file of candidates) {
    for (const match of file.text.matchAll(specifier)) {
      const name = match[2]!;
      if (!/^[.#@~/]/.test(name) && !name.includes('/')) continue;
      const resolved = resolver.resolve(name, file.path);
      if (resolved.kind !== 'file' || resolved.path === file.path) continue;
      const list = importers.get(resolved.path);
      if (list === undefined) importers.set(resolved.path, [file.path]);
      else list.push(file.path);
    }
  }
  const tops = new Set<string>();
  const seen = new Set<string>();
  const climb = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    const above = importers.get(path);
    if (above === undefined) tops.add(path);
    else for (const importer of above) climb(importer);
  };
  for (const path of unreached) climb(path);
  // Modules that import each other in a circle have no topmost one: any will do.
  const order = [...tops].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return order.length === 0 ? unreached.slice(0, 1) : order;
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
