/**
 * Brings the one comment on a pull request up to date: finds it by its hidden mark among the comments of this token's own account,
 * creates or rewrites it, and says what became of it. Nothing here can change the verdict: every failure is a sentence.
 */
import { isOurComment } from './pr-comment.ts';
import { type Author, connect, type Octokit, ownAccount, writtenBy } from './publish-account.ts';
import {
  ordinaryPatience,
  type Patience,
  type ReadOnlyCause,
  Refusal,
  Requests,
} from './publish-requests.ts';

export interface CommentPlace {
  /** `https://api.github.com`, or the API of a GitHub Enterprise Server. */
  readonly apiUrl: string;
  readonly token: string;
  readonly owner: string;
  readonly repository: string;
  readonly pullNumber: number;
  readonly run: Run;
  readonly readOnly: ReadOnlyCause;
}

/** Which run a text is of. A run started later has a greater id; a re-run keeps the id and has a greater attempt. */
export interface Run {
  readonly id: number;
  readonly attempt: number;
  /** The commit that it judged. */
  readonly commit: string;
}

export interface CommentText {
  /** The gate's comment-key. */
  readonly key: string;
  /** Begins with the mark of `key`. */
  readonly body: string;
  /** False: a comment that is there is brought up to date, but none is created. */
  readonly create: boolean;
}

export type CommentOutcome =
  | {
      /** `superseded`: the comment shows a newer run, and stays as it is. */
      readonly kind: 'created' | 'updated' | 'unchanged' | 'superseded';
      readonly url: string;
    }
  /** There is none, and none was wanted. */
  | { readonly kind: 'none' }
  /** `reason`: a clause in words; holds GitHub's own words, so it is untrusted. */
  | { readonly kind: 'unpublished'; readonly reason: string };

interface Comment {
  readonly id: number;
  readonly body: string;
  readonly url: string;
  readonly author: Author | null;
}

/** A conversation holds at most 2,500 comments, which is 25 pages. */
const pageLimit = 30;
/** Each round looks, then acts; a second look follows a creation, the others a comment that vanished or an answer that was lost. */
const roundLimit = 4;

/** Publishes `text`; never throws. */
export async function publishComment(
  place: CommentPlace,
  text: CommentText,
  patience: Patience = ordinaryPatience,
): Promise<CommentOutcome> {
  try {
    const octokit = await connect(place);
    return await new Conversation(place, octokit, new Requests(patience, place.readOnly)).bringUpToDate(text);
  } catch (error) {
    return { kind: 'unpublished', reason: error instanceof Error ? error.message : String(error) };
  }
}

class Conversation {
  readonly #place: CommentPlace;
  readonly #octokit: Octokit;
  readonly #requests: Requests;
  readonly #issue: { readonly owner: string; readonly repo: string; readonly issue_number: number };

  constructor(place: CommentPlace, octokit: Octokit, requests: Requests) {
    this.#place = place;
    this.#octokit = octokit;
    this.#requests = requests;
    this.#issue = { owner: place.owner, repo: place.repository, issue_number: place.pullNumber };
  }

  /**
   * Two runs at once may both find nothing and both create. So a creator looks again, and whoever sees several does the same: the oldest
   * comment gets the newest run's text, the others go. However the runs interleave, one comment is left.
   */
  async bringUpToDate(text: CommentText): Promise<CommentOutcome> {
    const body = `${text.body.trimEnd()}\n${runMark(this.#place.run)}\n`;
    let created: Comment | null = null;
    let problem: Refusal | null = null;
    for (let round = 1; round <= roundLimit; round++) {
      const [first, ...younger] = await this.#look(text.key, created);
      try {
        if (first === undefined) {
          if (!text.create) return { kind: 'none' };
          created = await this.#create(body);
          continue;
        }
        const newest = newestText(this.#place.run, body, [first, ...younger]);
        const stale = plain(first.body) !== plain(newest);
        if (stale) await this.#rewrite(first.id, newest);
        for (const comment of younger) await this.#remove(comment.id);
        if (newest !== body) return { kind: 'superseded', url: first.url };
        // Ours although no answer said so: it was created, and only the answer was lost.
        const ours = created === null ? problem?.uncertain === true && !stale : first.id === created.id;
        return { kind: ours ? 'created' : stale ? 'updated' : 'unchanged', url: first.url };
      } catch (error) {
        const vanished = first !== undefined && error instanceof Refusal && error.status === 404;
        // A creation whose answer was lost may be there all the same, and only another look can tell.
        if (!(error instanceof Refusal) || !(vanished || (first === undefined && error.uncertain)))
          throw error;
        problem = error;
        created = null;
        if (error.uncertain) await this.#requests.pause(round);
      }
    }
    throw problem ?? new Refusal('the comment changed each time it was looked at', null);
  }

  /** As `#findOwn`; where only the second look is refused, what was created is there all the same, and another run clears a double away. */
  async #look(key: string, created: Comment | null): Promise<Comment[]> {
    try {
      return await this.#findOwn(key, created);
    } catch (error) {
      if (created === null || !(error instanceof Refusal)) throw error;
      return [created];
    }
  }

  /** Our comments, oldest first. `created` counts although a listing may not show it yet. */
  async #findOwn(key: string, created: Comment | null): Promise<Comment[]> {
    const marked = (await this.#list()).filter((comment) => isOurComment(comment.body, key));
    if (created !== null && !marked.some(({ id }) => id === created.id)) marked.push(created);
    if (marked.length === 0) return [];
    const account =
      created?.author?.id ?? (await ownAccount(this.#place.token, this.#octokit, this.#requests));
    return writtenBy(account, marked).sort((a, b) => a.id - b.id);
  }

  async #list(): Promise<Comment[]> {
    const comments: Comment[] = [];
    for (let page = 1; page <= pageLimit; page++) {
      const { data } = await this.#requests.send((signal) =>
        this.#octokit.rest.issues.listComments({ ...this.#issue, per_page: 100, page, request: { signal } }),
      );
      comments.push(...data.map(readComment));
      if (data.length < 100) break;
    }
    return comments;
  }

  async #create(body: string): Promise<Comment> {
    const { data } = await this.#requests.send(
      (signal) => this.#octokit.rest.issues.createComment({ ...this.#issue, body, request: { signal } }),
      false,
    );
    return readComment(data);
  }

  async #rewrite(id: number, body: string): Promise<void> {
    const { owner, repo } = this.#issue;
    await this.#requests.send((signal) =>
      this.#octokit.rest.issues.updateComment({ owner, repo, comment_id: id, body, request: { signal } }),
    );
  }

  /** A duplicate that stays is removed by the next run: not worth a warning. */
  async #remove(id: number): Promise<void> {
    const { owner, repo } = this.#issue;
    await this.#requests
      .send((signal) =>
        this.#octokit.rest.issues.deleteComment({ owner, repo, comment_id: id, request: { signal } }),
      )
      .catch((error: unknown) => {
        if (!(error instanceof Refusal)) throw error;
      });
  }
}

/** The text of the newest run: ours, unless a comment shows a later one. */
function newestText(run: Run, body: string, comments: readonly Comment[]): string {
  let newest = { run, body };
  for (const comment of comments) {
    const shown = readRunMark(comment.body);
    if (shown !== null && isLater(shown, newest.run)) newest = { run: shown, body: comment.body };
  }
  return newest.body;
}

function isLater(a: Run, b: Run): boolean {
  return a.id !== b.id ? a.id > b.id : a.attempt > b.attempt;
}

/** The second hidden mark, at the end of the text: which run wrote it. */
function runMark({ id, attempt, commit }: Run): string {
  return `<!-- express-gate-run ${id}.${attempt} ${commit} -->`;
}

function readRunMark(body: string): Run | null {
  const found = /<!-- express-gate-run (\d{1,15})\.(\d{1,6}) ([0-9a-f]*) -->\s*$/.exec(body);
  return found === null ? null : { id: Number(found[1]), attempt: Number(found[2]), commit: found[3]! };
}

/** GitHub may store line ends and surrounding space differently from what was sent. */
function plain(body: string): string {
  return body.replaceAll('\r\n', '\n').trim();
}

function readComment(data: {
  readonly id: number;
  readonly body?: string;
  readonly html_url: string;
  readonly user: Author | null;
}): Comment {
  return { id: data.id, body: data.body ?? '', url: data.html_url, author: data.user };
}
