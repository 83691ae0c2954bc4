/**
 * Publishes corrections as one review of a pull request: asks GitHub what is in the diff and what an earlier run has already proposed, sends
 * the rest, and says what became of it. Nothing here can change the verdict: every failure is a sentence.
 */
import type { JudgedFinding } from '../model/finding.ts';
import { type Author, connect, type Octokit, ownAccount, writtenBy } from './publish-account.ts';
import {
  ordinaryPatience,
  type Patience,
  type ReadOnlyCause,
  Refusal,
  Requests,
} from './publish-requests.ts';
import type { ReportInput } from './report-input.ts';
import {
  correctableFindings,
  correctedPath,
  markedFingerprint,
  type ReviewComment,
  renderReviewBody,
  type SuggestionContext,
  suggestCorrections,
  suggestedFingerprints,
} from './suggestions.ts';

export interface ReviewPlace {
  /** `https://api.github.com`, or the API of a GitHub Enterprise Server. */
  readonly apiUrl: string;
  readonly token: string;
  readonly owner: string;
  readonly repository: string;
  readonly pullNumber: number;
  /** The pull request's head, whose lines were judged. */
  readonly commit: string;
  readonly readOnly: ReadOnlyCause;
}

export type SuggestionOutcome =
  /** There is nothing to propose, or nothing that has not been proposed before. */
  | { readonly kind: 'none' }
  | {
      readonly kind: 'published';
      readonly url: string;
      readonly comments: number;
      /** How many GitHub did not take. */
      readonly refused: number;
      /** How many had no room in this review: the next run proposes them. */
      readonly later: number;
    }
  /** `reason`: a clause in words; holds GitHub's own words, so it is untrusted. */
  | { readonly kind: 'unpublished'; readonly reason: string };

/** GitHub lists at most 3,000 files of a pull request. */
const filePages = 30;
const commentPages = 100;
/** Each round looks at what is there, then sends; a second one follows an answer that was lost. */
const roundLimit = 3;
/** GitHub refuses a review for one bad comment and does not say which, so it is sent again in halves, so often at most. */
const reviewLimit = 12;

/** Publishes what can be corrected with one click; never throws. */
export async function publishSuggestions(
  place: ReviewPlace,
  input: ReportInput,
  context: SuggestionContext,
  patience: Patience = ordinaryPatience,
): Promise<SuggestionOutcome> {
  const findings = correctableFindings(input);
  if (findings.length === 0) return { kind: 'none' };
  try {
    const octokit = await connect(place);
    const requests = new Requests(patience, place.readOnly);
    return await new Review(place, octokit, requests).propose(findings, input.files, context);
  } catch (error) {
    return { kind: 'unpublished', reason: error instanceof Error ? error.message : String(error) };
  }
}

interface OwnComment {
  readonly id: number;
  readonly review: number | null;
  readonly author: Author | null;
  readonly fingerprints: readonly string[];
}

class Review {
  readonly #place: ReviewPlace;
  readonly #octokit: Octokit;
  readonly #requests: Requests;
  readonly #pull: { readonly owner: string; readonly repo: string; readonly pull_number: number };

  constructor(place: ReviewPlace, octokit: Octokit, requests: Requests) {
    this.#place = place;
    this.#octokit = octokit;
    this.#requests = requests;
    this.#pull = { owner: place.owner, repo: place.repository, pull_number: place.pullNumber };
  }

  async propose(
    findings: readonly JudgedFinding[],
    files: ReportInput['files'],
    context: SuggestionContext,
  ): Promise<SuggestionOutcome> {
    const paths = new Set(findings.map((finding) => correctedPath(finding, context.pathPrefix)));
    const patches = await this.#patches(paths);
    let problem: Refusal | null = null;
    for (let round = 1; round <= roundLimit; round++) {
      if (suggestCorrections(findings, files, patches, context).comments.length === 0) break;
      const proposed = await this.#proposed(context.commentKey);
      const open = findings.filter((finding) => !proposed.has(markedFingerprint(finding)));
      const { comments, later } = suggestCorrections(open, files, patches, context);
      if (comments.length === 0) break;
      try {
        const { reviews, ...sent } = await this.#send(comments);
        await this.#removeRepeated(reviews, context.commentKey);
        return { kind: 'published', later, ...sent };
      } catch (error) {
        // A review whose answer was lost may be there all the same, and only another look can tell.
        if (!(error instanceof Refusal && error.uncertain)) throw error;
        problem = error;
        await this.#requests.pause(round);
        if (round === roundLimit) throw problem;
      }
    }
    return { kind: 'none' };
  }

  /**
   * The patches of `paths`; a file without one is too large, binary, or not in the pull request. Where somebody has pushed meanwhile, they are of
   * another head: its lines may have other numbers, and its own run will propose what is to be proposed.
   */
  async #patches(paths: ReadonlySet<string>): Promise<Map<string, string>> {
    const patches = new Map<string, string>();
    const missing = new Set(paths);
    for (let page = 1; page <= filePages && missing.size > 0; page++) {
      const { data } = await this.#requests.send((signal) =>
        this.#octokit.rest.pulls.listFiles({ ...this.#pull, per_page: 100, page, request: { signal } }),
      );
      for (const { filename, patch, contents_url: address } of data) {
        if (!missing.delete(filename) || patch === undefined) continue;
        const head = /[?&]ref=([0-9a-f]{40,64})$/.exec(address)?.[1] ?? this.#place.commit;
        if (head === this.#place.commit) patches.set(filename, patch);
      }
      if (data.length < 100) break;
    }
    return patches;
  }

  /** The fingerprints that comments of ours are about, whatever has become of them: resolved, outdated, answered. */
  async #proposed(commentKey: string): Promise<Set<string>> {
    return new Set((await this.#own(commentKey)).flatMap(({ fingerprints }) => fingerprints));
  }

  /** Our comments, oldest first. */
  async #own(commentKey: string): Promise<OwnComment[]> {
    const marked: OwnComment[] = [];
    for (let page = 1; page <= commentPages; page++) {
      const { data } = await this.#requests.send((signal) =>
        this.#octokit.rest.pulls.listReviewComments({
          ...this.#pull,
          per_page: 100,
          page,
          request: { signal },
        }),
      );
      for (const { id, pull_request_review_id: review, user: author, body } of data) {
        const fingerprints = suggestedFingerprints(body, commentKey);
        if (fingerprints.length > 0) marked.push({ id, review, author, fingerprints });
      }
      if (data.length < 100) break;
    }
    if (marked.length === 0) return [];
    const account = await ownAccount(this.#place.token, this.#octokit, this.#requests);
    return writtenBy(account, marked).sort((a, b) => a.id - b.id);
  }

  /**
   * Two runs at once may both find nothing and both propose. So each looks again, and takes back what it has sent after the other; a
   * comment that stays although it is a repetition is not worth a warning.
   */
  async #removeRepeated(reviews: ReadonlySet<number>, commentKey: string): Promise<void> {
    const { owner, repo } = this.#pull;
    try {
      const seen = new Set<string>();
      for (const { id, review, fingerprints } of await this.#own(commentKey)) {
        if (reviews.has(review ?? 0) && fingerprints.every((each) => seen.has(each))) {
          await this.#requests.send((signal) =>
            this.#octokit.rest.pulls.deleteReviewComment({
              owner,
              repo,
              comment_id: id,
              request: { signal },
            }),
          );
        }
        for (const each of fingerprints) seen.add(each);
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }

  async #send(comments: readonly ReviewComment[]): Promise<{
    readonly url: string;
    readonly reviews: ReadonlySet<number>;
    readonly comments: number;
    readonly refused: number;
  }> {
    const batches: (readonly ReviewComment[])[] = [comments];
    const reviews = new Set<number>();
    let url: string | null = null;
    let published = 0;
    let problem: Refusal | null = null;
    for (let sent = 0; sent < reviewLimit && batches.length > 0; sent++) {
      const batch = batches.shift()!;
      try {
        const review = await this.#create(batch);
        reviews.add(review.id);
        url ??= review.url;
        published += batch.length;
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        problem = error;
        if (error.status !== 422) {
          // What is published is published: the next run proposes the rest.
          if (url === null) throw error;
          break;
        }
        const half = Math.ceil(batch.length / 2);
        if (batch.length > 1) batches.push(batch.slice(0, half), batch.slice(half));
      }
    }
    if (url === null) throw problem ?? new Refusal('GitHub took none of them', null);
    return { url, reviews, comments: published, refused: comments.length - published };
  }

  async #create(comments: readonly ReviewComment[]): Promise<{ readonly id: number; readonly url: string }> {
    const { data } = await this.#requests.send(
      (signal) =>
        this.#octokit.rest.pulls.createReview({
          ...this.#pull,
          commit_id: this.#place.commit,
          event: 'COMMENT',
          body: renderReviewBody(comments.length),
          comments: [...comments],
          request: { signal },
        }),
      false,
    );
    return { id: data.id, url: data.html_url };
  }
}
