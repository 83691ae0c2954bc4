/** Sends one request to GitHub, patiently but not for long, and turns a refusal into words that say what to do. */
import { setTimeout as sleep } from 'node:timers/promises';

/** How long GitHub is waited for; milliseconds. */
export interface Patience {
  readonly requestMs: number;
  /** For everything that one publisher sends, pauses included. */
  readonly totalMs: number;
  readonly attempts: number;
  /** The first pause after a fault of GitHub's; it doubles from then on. */
  readonly pauseMs: number;
  /** The longest `Retry-After` that is worth a job's time. */
  readonly longestWaitMs: number;
}

export const ordinaryPatience: Patience = {
  requestMs: 10_000,
  totalMs: 60_000,
  attempts: 3,
  pauseMs: 500,
  longestWaitMs: 20_000,
};

/** What is known of the token that may explain a 403. */
export type ReadOnlyCause = 'fork' | 'dependabot' | null;

/** Why a request was given up. `message` is a clause in plain words, with GitHub's own words where they help (untrusted). */
export class Refusal extends Error {
  /** The HTTP status, or null where no answer came. */
  readonly status: number | null;
  /** True where it was one request too many, and not the request itself. */
  readonly limited: boolean;

  constructor(message: string, status: number | null, limited = false) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.limited = limited;
  }

  /** True where the request may have taken effect although no success was reported. */
  get uncertain(): boolean {
    return this.status === null || this.status >= 500;
  }
}

interface Failure {
  readonly status: number | null;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly message: string;
}

/** What the requests of one publisher are about, for the words of a refusal. */
export interface RequestSubject {
  /** `pull request` */
  readonly noun: string;
  /** What a job has to be given: `pull-requests: write`. */
  readonly permission: string;
}

const aboutPullRequests: RequestSubject = { noun: 'pull request', permission: 'pull-requests: write' };

export class Requests {
  readonly #patience: Patience;
  readonly #readOnly: ReadOnlyCause;
  readonly #subject: RequestSubject;
  readonly #deadline: number;

  constructor(patience: Patience, readOnly: ReadOnlyCause, subject: RequestSubject = aboutPullRequests) {
    this.#patience = patience;
    this.#readOnly = readOnly;
    this.#subject = subject;
    this.#deadline = performance.now() + patience.totalMs;
  }

  /**
   * Calls `once` until it succeeds or there is no point any more. `repeatable: false`: a fault that may hide a success is not tried again.
   * @throws Refusal
   */
  async send<T>(once: (signal: AbortSignal) => Promise<T>, repeatable = true): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await once(AbortSignal.timeout(Math.min(this.#patience.requestMs, this.#left())));
      } catch (error) {
        const failure = readFailure(error);
        const wait = attempt < this.#patience.attempts ? this.#waitAfter(failure, attempt, repeatable) : null;
        if (wait === null || wait >= this.#left()) {
          const limited = isPrimaryLimit(failure) || isSecondaryLimit(failure);
          throw new Refusal(explain(failure, this.#readOnly, this.#subject), failure.status, limited);
        }
        await sleep(wait);
      }
    }
  }

  /** Waits as after the `attempt`-th fault of a request, for what may only be tried again after another look. */
  async pause(attempt: number): Promise<void> {
    await sleep(Math.min(this.#pauseAfter(attempt), this.#left()));
  }

  #pauseAfter(attempt: number): number {
    return this.#patience.pauseMs * 2 ** (attempt - 1) * (0.75 + Math.random() / 2);
  }

  #left(): number {
    return Math.max(1, Math.round(this.#deadline - performance.now()));
  }

  /** Milliseconds to wait before the next attempt, or null where there should be none. */
  #waitAfter(failure: Failure, attempt: number, repeatable: boolean): number | null {
    const asked = Number(failure.headers['retry-after'] ?? Number.NaN) * 1000;
    if (isSecondaryLimit(failure)) return asked <= this.#patience.longestWaitMs ? asked : null;
    const faulty = failure.status === null || failure.status >= 500 || failure.status === 409;
    if (!faulty || !repeatable) return null;
    if (asked > this.#patience.longestWaitMs) return null;
    const pause = this.#pauseAfter(attempt);
    return Number.isNaN(asked) ? pause : Math.max(asked, pause);
  }
}

/** Octokit throws errors with `status` and, where GitHub answered, `response`; without an answer it still says 500. */
function readFailure(error: unknown): Failure {
  const { status, response } = error as {
    status?: number;
    response?: { headers?: Record<string, string>; data?: { message?: unknown; errors?: unknown } };
  };
  const said = response?.data?.message;
  const details = response?.data?.errors;
  const message =
    typeof said === 'string'
      ? [said, ...(Array.isArray(details) ? details.filter((one) => typeof one === 'string') : [])].join(': ')
      : error instanceof Error
        ? error.message
        : String(error);
  return {
    status: response === undefined || status === undefined ? null : status,
    headers: response?.headers ?? {},
    // Of what the other end says, a line is enough.
    message: message
      .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
      .trim()
      .slice(0, 200),
  };
}

/** @see https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#handle-rate-limit-errors-appropriately */
function isPrimaryLimit({ status, headers }: Failure): boolean {
  return (
    (status === 403 || status === 429) &&
    headers['x-ratelimit-remaining'] === '0' &&
    headers['retry-after'] === undefined
  );
}

function isSecondaryLimit({ status, headers, message }: Failure): boolean {
  return (
    status === 429 ||
    (status === 403 && (headers['retry-after'] !== undefined || /secondary rate limit|abuse/i.test(message)))
  );
}

function explain(failure: Failure, readOnly: ReadOnlyCause, subject: RequestSubject): string {
  const { status, headers, message } = failure;
  if (status === null) return `GitHub could not be reached (${message})`;
  if (isPrimaryLimit(failure)) {
    const reset = new Date(Number(headers['x-ratelimit-reset']) * 1000);
    const until = Number.isNaN(reset.getTime())
      ? ''
      : ` until ${reset.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
    return `the rate limit of this token is used up${until}`;
  }
  if (isSecondaryLimit(failure)) {
    const seconds = Number(headers['retry-after']);
    const wait = Number.isFinite(seconds) && seconds > 0 ? `for ${seconds} seconds` : 'for at least a minute';
    return `GitHub asks this token to pause ${wait} (secondary rate limit)`;
  }
  switch (status) {
    case 401:
      return 'GitHub did not accept the token (401): leave github-token out to use the one of the job, or give one that has not expired';
    case 403:
      return explainForbidden(message, readOnly, subject);
    case 404:
      return `GitHub shows this token no such ${subject.noun} (404): give the job \`permissions: ${subject.permission}\`, or a github-token that may see this repository`;
    case 410:
      return 'GitHub says that this conversation is gone (410)';
    case 422:
      return `GitHub did not take the text (422: ${message})`;
    default:
      return status >= 500 ? `GitHub is in trouble (${status})` : `GitHub answered ${status}: ${message}`;
  }
}

function explainForbidden(
  message: string,
  readOnly: ReadOnlyCause,
  { noun, permission }: RequestSubject,
): string {
  if (/locked/i.test(message)) return 'the conversation of this pull request is locked';
  if (readOnly === 'fork') {
    return 'this pull request comes from a fork, and GitHub gives its workflow runs a token that can only read (403)';
  }
  const grant = `give the job \`permissions: ${permission}\``;
  if (readOnly === 'dependabot') {
    return `Dependabot started this run, and its token can only read unless the workflow says otherwise (403): ${grant}`;
  }
  return `the token may not write to ${noun}s (403: ${message}): ${grant}`;
}
