/** Turns a list of advisories and the query of a request into the page of them that GitHub's API answers. */

export interface GithubVulnerability {
  readonly package: { readonly ecosystem: string; readonly name: string };
  readonly vulnerable_version_range: string;
  readonly first_patched_version: string | null;
  readonly vulnerable_functions: readonly string[];
}

/** An advisory as the API words it. */
export interface GithubAdvisory extends Readonly<Record<string, unknown>> {
  readonly ghsa_id: string;
  readonly withdrawn_at: string | null;
  readonly vulnerabilities: readonly GithubVulnerability[];
}

/** An advisory with all that GitHub's description asks for; the rest as `parts` say. */
export function githubAdvisory(id: string, parts: Partial<GithubAdvisory> = {}): GithubAdvisory {
  return {
    ghsa_id: id,
    cve_id: null,
    url: `https://api.github.com/advisories/${id}`,
    html_url: `https://github.com/advisories/${id}`,
    repository_advisory_url: null,
    summary: `What ${id} is about`,
    description: 'Long.',
    type: 'reviewed',
    severity: 'high',
    source_code_location: null,
    identifiers: [{ type: 'GHSA', value: id }],
    references: [],
    published_at: '2026-11-01T10:00:00Z',
    updated_at: '2026-11-02T10:00:00Z',
    github_reviewed_at: '2026-11-02T10:00:00Z',
    nvd_published_at: null,
    withdrawn_at: null,
    vulnerabilities: [githubVulnerability('express', '< 4.22.9', '4.22.9')],
    cvss: { vector_string: null, score: null },
    cvss_severities: {
      cvss_v3: { vector_string: null, score: 0 },
      cvss_v4: { vector_string: null, score: 0 },
    },
    cwes: [{ cwe_id: 'CWE-400', name: 'Uncontrolled Resource Consumption' }],
    credits: [],
    ...parts,
  };
}

export function githubVulnerability(
  name: string,
  range: string,
  patched: string | null,
  ecosystem = 'npm',
): GithubVulnerability {
  return {
    package: { ecosystem, name },
    vulnerable_version_range: range,
    first_patched_version: patched,
    vulnerable_functions: [],
  };
}

interface Page {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

/** Those that affect one of the packages asked about, `per_page` at a time; the `link` header says where the next page is. */
export function listAdvisories(
  advisories: readonly GithubAdvisory[],
  query: URLSearchParams,
  address: string,
): Page {
  const names = new Set((query.get('affects') ?? '').split(','));
  const found = advisories.filter(
    ({ vulnerabilities, withdrawn_at: withdrawn }) =>
      (query.get('is_withdrawn') === null ||
        (withdrawn !== null) === (query.get('is_withdrawn') === 'true')) &&
      vulnerabilities.some(
        (each) => names.has(each.package.name) && each.package.ecosystem === query.get('ecosystem'),
      ),
  );
  const start = Number(query.get('after') ?? 0);
  const end = start + Number(query.get('per_page') ?? 30);
  const next = new URLSearchParams([...query].filter(([name]) => name !== 'after'));
  next.set('after', String(end));
  return {
    status: 200,
    body: found.slice(start, end),
    headers: end < found.length ? { link: `<${address}?${next}>; rel="next"` } : {},
  };
}
