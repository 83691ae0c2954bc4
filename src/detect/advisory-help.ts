/** Turns an advisory and the change that ends it into what the reader has to do, with the command of the package manager at hand. */
import type { AuditAdvisory } from '../model/audit.ts';
import type { AdvisoryDetail } from '../model/finding.ts';
import type { Project } from '../model/project.ts';
import {
  describeOverrides,
  describeUpdate,
  entryOf,
  isPlainName,
  managerOf,
  moveCommand,
  type PackageManager,
  rootPlace,
} from './package-commands.ts';

/** A sentence or two. `byNpm`: npm made the report, so that npm is there and can be told to make the change itself. */
export function describeHelp(
  project: Project,
  advisory: AuditAdvisory,
  detail: AdvisoryDetail,
  byNpm: boolean,
): string {
  const manager = managerOf(project);
  const { action } = detail;
  if (byNpm && advisory.fixInRange)
    return `Run \`npm audit fix\`${rootPlace(project)}: the declared ranges admit a release without it.`;
  const told =
    action === null
      ? null
      : (describeInRange(project, advisory, detail, manager) ??
        describeMove(project, manager, action) ??
        describeRaise(project, detail, action, manager));
  return told ?? describeWithout(project, advisory, detail, manager);
}

type Action = NonNullable<AdvisoryDetail['action']>;

/** The ranges that ask for it admit the fix already. */
function describeInRange(
  project: Project,
  advisory: AuditAdvisory,
  detail: AdvisoryDetail,
  manager: PackageManager,
): string | null {
  const { action } = detail;
  if (action === null || !advisory.fixInRange) return null;
  return describeRaise(project, detail, action, manager);
}

function describeRaise(
  project: Project,
  detail: AdvisoryDetail,
  action: Action,
  manager: PackageManager,
): string | null {
  const names = action.updates ?? [action.package];
  const update = describeUpdate(project, manager, names, bringersOf(detail.paths));
  if (update === null) return null;
  const which =
    names.length === 1 && names[0] === action.package ? `admit ${action.version}` : 'admit releases';
  return `${update}: the ranges that ask for it ${which}${which === 'admit releases' ? ' without it' : ', which is fixed'}.`;
}

/** The project has to ask for another version. */
function describeMove(project: Project, manager: PackageManager, action: Action): string | null {
  const entry = action.updates === undefined ? entryOf(project, action.package) : null;
  const command =
    entry === null ? null : moveCommand(project, manager, entry, action.package, action.version);
  const major = action.major ? ': a breaking change, so read what the new major version changes first' : '';
  return command === null ? null : `Run ${command}${major}.`;
}

/** Where no single change is known. */
function describeWithout(
  project: Project,
  advisory: AuditAdvisory,
  detail: AdvisoryDetail,
  manager: PackageManager,
): string {
  const { patched } = detail;
  const name = isPlainName(advisory.package) ? `\`${advisory.package}\`` : 'the package';
  const bringers = bringersInWords(detail);
  if (patched === null) {
    const source = /^GHSA-[\w-]+$/.test(advisory.id)
      ? `https://github.com/advisories/${advisory.id}`
      : 'the advisory';
    return `No release without it is known: replace ${detail.direct ? name : bringers}, and read ${source} for what helps until then.`;
  }
  const own = detail.direct ? `Ask for ${name} ${patched} in package.json` : `Update ${bringers}`;
  if (detail.direct && bringersOf(detail.paths).every((each) => each === advisory.package)) return `${own}.`;
  const also = detail.direct ? `, and update ${bringers} too` : '';
  return `${own}${also}, to a release with ${name} ${patched} or newer; where there is none, ask for that by ${describeOverrides(project, manager)}.`;
}

/** The direct dependencies by which it comes. */
function bringersOf(paths: AdvisoryDetail['paths']): string[] {
  return [...new Set(paths.flatMap(([first]) => first ?? []))];
}

/** Those that bring it along with themselves, as part of a sentence. */
function bringersInWords({ paths }: AdvisoryDetail): string {
  const names = bringersOf(paths.filter(({ length }) => length > 1));
  const told = names.filter(isPlainName).map((each) => `\`${each}\``);
  if (told.length === 0 || told.length < names.length) return 'what brings it';
  if (told.length === 1) return `${told[0]}, which brings it`;
  const shown = told.length > 3 ? [...told.slice(0, 2), `${told.length - 2} others`] : told;
  return `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}, which bring it`;
}
