/** Makes outputs of `snyk test --json` in the form that Snyk documents, one entry for each path to a vulnerable package. */

export interface SampleIssue {
  readonly id?: string;
  readonly package: string;
  readonly version: string;
  readonly severity?: string;
  readonly cve?: readonly string[];
  readonly ghsa?: readonly string[];
  readonly vulnerable?: readonly string[];
  readonly fixedIn?: readonly string[];
  /** Each from the root; by default the root and the package. */
  readonly paths?: readonly (readonly string[])[];
  /** `name@version` of the direct dependency. */
  readonly upgrade?: string;
}

export function sampleResult(
  issues: readonly SampleIssue[],
  parts: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    vulnerabilities: issues.flatMap(sampleEntries),
    ok: issues.length === 0,
    dependencyCount: 80,
    org: 'shop-team',
    packageManager: 'npm',
    summary: `${issues.length} vulnerable dependency paths`,
    projectName: 'shop',
    displayTargetFile: 'package-lock.json',
    path: '/home/runner/work/shop/shop',
    ...parts,
  };
}

function sampleEntries({
  package: name,
  version,
  id = `SNYK-JS-${name.toUpperCase().replace(/[^A-Z0-9]/g, '')}-1`,
  severity = 'medium',
  cve = [],
  ghsa = [],
  vulnerable = [`<=${version}`],
  fixedIn = [],
  paths = [['shop@1.0.0', `${name}@${version}`]],
  upgrade,
}: SampleIssue): unknown[] {
  return paths.map((from) => ({
    id,
    title: `What ${id} is about`,
    severity,
    CVSSv3: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:L',
    cvssScore: 5.3,
    identifiers: { CVE: cve, CWE: ['CWE-1321'], GHSA: ghsa },
    description: '## Overview\nLong.',
    language: 'js',
    packageManager: 'npm',
    moduleName: name,
    packageName: name,
    patches: [],
    fixedIn,
    semver: { vulnerable },
    from,
    upgradePath: upgrade === undefined ? [] : [false, upgrade],
    isUpgradable: upgrade !== undefined,
    isPatchable: false,
    name,
    version,
  }));
}
