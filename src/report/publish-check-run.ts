/** Publishes a check run with its annotations, 50 a request, and says what became of it. Nothing here can change the verdict: every failure is a sentence. */
import type { CheckRun } from './check-run.ts';
import { connect } from './publish-account.ts';
import {
  ordinaryPatience,
  type Patience,
  type ReadOnlyCause,
  Refusal,
  Requests,
} from './publish-requests.ts';

export interface CheckRunPlace {
  /** `https://api.github.com`, or the API of a GitHub Enterprise Server. */
  readonly apiUrl: string;
  readonly token: string;
  readonly owner: string;
  readonly repository: string;
  /** The commit that the check run is about. */
  readonly commit: string;
  readonly readOnly: ReadOnlyCause;
}

export type CheckRunOutcome =
  | {
      readonly kind: 'published';
      readonly url: string;
      /** How many annotations it has. */
      readonly annotations: number;
      /** Why it has not all of them, or null; untrusted, as below. */
      readonly reason: string | null;
    }
  /** The token may not write check runs, which is no fault: few workflows grant it. */
  | { readonly kind: 'forbidden' }
  /** `reason`: a clause in words; holds GitHub's own words, so it is untrusted. */
  | { readonly kind: 'unpublished'; readonly reason: string };

/** Source: docs.github.com, REST API, "Create a check run". */
const annotationsPerRequest = 50;

/** Publishes `run`; never throws. */
export async function publishCheckRun(
  place: CheckRunPlace,
  run: CheckRun,
  patience: Patience = ordinaryPatience,
): Promise<CheckRunOutcome> {
  const { name, conclusion, title, summary, annotations } = run;
  const { owner, repository: repo, commit: head_sha } = place;
  try {
    const { rest } = await connect(place);
    const requests = new Requests(patience, place.readOnly, {
      noun: 'check run',
      permission: 'checks: write',
    });
    // Sent again, a request whose answer was lost would bring its annotations twice.
    const { data } = await requests.send(
      (signal) =>
        rest.checks.create({
          owner,
          repo,
          name,
          head_sha,
          status: 'completed',
          conclusion,
          output: { title, summary, annotations: annotations.slice(0, annotationsPerRequest) },
          request: { signal },
        }),
      false,
    );
    let shown = Math.min(annotations.length, annotationsPerRequest);
    const published = (reason: string | null): CheckRunOutcome => ({
      kind: 'published',
      url: data.html_url ?? data.url,
      annotations: shown,
      reason,
    });
    try {
      while (shown < annotations.length) {
        const more = annotations.slice(shown, shown + annotationsPerRequest);
        await requests.send(
          (signal) =>
            rest.checks.update({
              owner,
              repo,
              check_run_id: data.id,
              status: 'completed',
              conclusion,
              output: { title, summary, annotations: more },
              request: { signal },
            }),
          false,
        );
        shown += more.length;
      }
    } catch (error) {
      if (error instanceof Refusal) return published(error.message);
      throw error;
    }
    return published(null);
  } catch (error) {
    // GitHub hides from a personal token what it may not do.
    const forbidden = error instanceof Refusal && [403, 404].includes(error.status ?? 0) && !error.limited;
    if (forbidden) return { kind: 'forbidden' };
    return { kind: 'unpublished', reason: error instanceof Error ? error.message : String(error) };
  }
}
