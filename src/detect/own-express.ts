/** Turns a project's use of Express into whether that Express is the application's own, or only a development tool's. */
import type { Project } from '../model/project.ts';

/**
 * False where Express comes only by a framework that stands in `devDependencies` alone: json-server as a stand-in for tests, say. Its old
 * Express is then one of the packages that development brings, not what production runs.
 */
export function runsOwnExpress({ express, manifest }: Project): boolean {
  if (express === null) return false;
  const { through } = express;
  if (through === null) return true;
  const declares = (
    field: 'dependencies' | 'optionalDependencies' | 'peerDependencies' | 'devDependencies',
  ) => Object.hasOwn(manifest[field] ?? {}, through);
  return (
    !declares('devDependencies') ||
    declares('dependencies') ||
    declares('optionalDependencies') ||
    declares('peerDependencies')
  );
}
