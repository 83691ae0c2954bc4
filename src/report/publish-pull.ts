/** The head of a run -> the number of the one open pull request that has it, as GitHub itself says. */
import { connect } from './publish-account.ts';
import { ordinaryPatience, type Patience, Requests } from './publish-requests.ts';

export interface PullPlace {
  readonly apiUrl: string;
  readonly token: string;
  readonly owner: string;
  readonly repository: string;
}

export interface PullHead {
  readonly commit: string;
  readonly branch: string;
  /** `owner/name`, a fork or the repository itself. */
  readonly headRepository: string;
}

/**
 * The numbers of the open pull requests with this very head: none where something was pushed since, or they are closed. For a fork the event
 * names none, and the commit leads to none either: only its branch does.
 * @throws Refusal
 */
export async function findPulls(
  place: PullPlace,
  { commit, branch, headRepository }: PullHead,
  patience: Patience = ordinaryPatience,
): Promise<number[]> {
  const { owner, repository: repo } = place;
  const octokit = await connect(place);
  const head = `${headRepository.split('/')[0]}:${branch}`;
  const { data } = await new Requests(patience, null).send((signal) =>
    octokit.rest.pulls.list({ owner, repo, state: 'open', head, per_page: 100, request: { signal } }),
  );
  return data
    .filter((pull) => pull.head.sha === commit && pull.head.repo?.full_name === headRepository)
    .map(({ number }) => number);
}
