/** Works out to which release of Express a project should move, and with which command. */
import semver from 'semver';
import { type ExpressLine, expressLineState, expressLines, newestOfLine } from '../data/express-releases.ts';
import type { Project } from '../model/project.ts';
import type { DeclaredExpress, ExpressUpgrade } from './express-facts.ts';
import {
  installationOf,
  isPlainName,
  moveCommand,
  type PackageManager,
  rootPlace,
} from './package-commands.ts';

/** The newest release of each line that still gets fixes on `today`, oldest line first, without those that are vulnerable. */
export function maintainedReleases(
  today: string,
  isVulnerable: (version: string) => boolean,
): { readonly line: ExpressLine; readonly version: string }[] {
  return expressLines.flatMap((line) => {
    const version = newestOfLine(line);
    const counts =
      version !== null && expressLineState(line, today) !== 'unsupported' && !isVulnerable(version);
    return counts ? [{ line, version }] : [];
  });
}

/**
 * From `version`: `upgrade` is the newest release of the same line where that one is maintained, else what `successor` is: the newest
 * release of the newest line. Moving twice is no favour, so a line that is ending is not proposed while there is a later one.
 */
export function findUpgrades(
  version: string,
  today: string,
  isVulnerable: (version: string) => boolean,
  describe: (version: string) => string,
): { upgrade: ExpressUpgrade | null; successor: ExpressUpgrade | null } {
  const above = maintainedReleases(today, isVulnerable).filter((release) =>
    semver.gt(release.version, version),
  );
  const newest = above.findLast(({ line }) => expressLineState(line, today) === 'supported') ?? above.at(-1);
  const same = above.find(({ line }) => line.major === semver.major(version));
  const told = (release: (typeof above)[number]): ExpressUpgrade => ({
    version: release.version,
    line: release.line.name,
    major: release.line.major !== semver.major(version),
    how: describe(release.version),
  });
  const nearest = same ?? newest;
  return {
    upgrade: nearest === undefined ? null : told(nearest),
    successor: newest === undefined || newest === same ? null : told(newest),
  };
}

/** What to do to get `version`, for the way in which the project comes by Express; fit to begin a sentence. */
export function describeUpgrade(
  project: Project,
  declared: DeclaredExpress | null,
  through: string | null,
  version: string,
  manager: PackageManager,
): string {
  if (declared === null) {
    const framework = through !== null && isPlainName(through) ? `\`${through}\`` : 'the framework';
    return `Update ${framework} to a release that brings Express ${version} or newer`;
  }
  const { standsIn } = declared;
  if (standsIn !== null) {
    const what = standsIn.keys === null ? 'Express' : `\`${standsIn.keys}\``;
    return `Raise ${what} in ${standsIn.file}${rootPlace(project)} to ${version}${standsIn.isOverride ? '' : `, and run \`${installationOf(manager).command}\``}`;
  }
  if (declared.kind === 'catalog') return `Raise Express to ${version} in the workspace's catalog`;
  if (declared.kind === 'patch')
    return `Move to Express ${version}, and make the patch again if it is still needed`;
  const { field, name } = declared;
  const command = moveCommand(
    project,
    manager,
    { field, name, specifier: declared.spec },
    'express',
    version,
  );
  return command === null ? `Move to Express ${version}` : `Run ${command}`;
}
