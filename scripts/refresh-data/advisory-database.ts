/** Turns package names into what GitHub's database of advisories says of them: the pages of its REST API, unread. */
import { askJson, type Patience, SourceError } from './ask-json.ts';

/** So many names fit into an address that every server takes. */
const namesAtOnce = 40;
const mostPages = 40;

/**
 * All reviewed advisories of npm packages with these names, each once for each page on which it stands.
 * @param api such as `https://api.github.com/`.
 * @param token null asks without: GitHub then answers 60 requests an hour.
 * @throws SourceError
 */
export async function askAdvisories(
  api: URL,
  token: string | null,
  packages: readonly string[],
  patience: Patience,
): Promise<unknown[]> {
  const headers = {
    accept: 'application/vnd.github+json',
    'x-github-api-version': '2022-11-28',
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
  };
  const found: unknown[] = [];
  for (let start = 0; start < packages.length; start += namesAtOnce) {
    const names = packages.slice(start, start + namesAtOnce);
    // The documentation does not say whether withdrawn ones stand among the others, so they are asked for.
    for (const withdrawn of [false, true])
      found.push(...(await askPages(api, headers, names, withdrawn, patience)));
  }
  return found;
}

async function askPages(
  api: URL,
  headers: Readonly<Record<string, string>>,
  names: readonly string[],
  withdrawn: boolean,
  patience: Patience,
): Promise<unknown[]> {
  const found: unknown[] = [];
  let page: URL | null = new URL(`${api.href.replace(/\/$/, '')}/advisories`);
  page.searchParams.set('ecosystem', 'npm');
  page.searchParams.set('affects', names.join(','));
  page.searchParams.set('per_page', '100');
  if (withdrawn) page.searchParams.set('is_withdrawn', 'true');
  for (let number = 1; page !== null; number++) {
    if (number > mostPages) throw new SourceError(`${api.host} has more pages than there can be advisories.`);
    const { value, link } = await askJson(page, headers, patience);
    if (!Array.isArray(value))
      throw new SourceError(`${api.host} answered with something that is no list of advisories.`);
    found.push(...value);
    page = nextPage(link, page);
  }
  return found;
}

/** The address that the `link` header gives for the next page. The token is sent there, so it must be of the same service. */
function nextPage(link: string | null, page: URL): URL | null {
  const next = (link ?? '')
    .slice(0, 10_000)
    .split(',')
    .find((each) => /;\s*rel="next"/.test(each));
  if (next === undefined) return null;
  const address = /<([^>]*)>/.exec(next)?.[1] ?? '';
  if (!URL.canParse(address, page.href))
    throw new SourceError(`${page.host} names a next page that has no address.`);
  const url = new URL(address, page.href);
  if (url.origin !== page.origin || url.pathname !== page.pathname)
    throw new SourceError(`${page.host} names a next page that is not its own.`);
  return url;
}
