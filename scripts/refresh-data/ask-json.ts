/** Turns the address of a service into the JSON that it answers, asking again within bounds. */
import { setTimeout as pause } from 'node:timers/promises';

/** Why a source could not be read, in one sentence that begins with its host. Its facts stay as they are. */
export class SourceError extends Error {}

export interface Patience {
  readonly attempts: number;
  /** Before the second attempt, in milliseconds; twice as long before each further one. */
  readonly pauseMs: number;
  /** A service that asks for a longer pause is not asked again. */
  readonly longestPauseMs: number;
  /** For one answer. */
  readonly answerMs: number;
}

export const usualPatience: Patience = {
  attempts: 4,
  pauseMs: 2_000,
  longestPauseMs: 120_000,
  answerMs: 60_000,
};

/** Bytes. The packument of Express, the largest of all answers, has less than one million. */
const longestAnswer = 32 * 1024 * 1024;

export interface Answer {
  readonly value: unknown;
  /** The `link` header, which says where the next page is. */
  readonly link: string | null;
}

/**
 * Gets an address. Refusals (4xx) are final; limits (429, or 403 with `retry-after`), errors of the server and broken answers are tried
 * again.
 * @throws SourceError
 */
export async function askJson(
  url: URL,
  headers: Readonly<Record<string, string>>,
  patience: Patience,
): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    const asked = await askOnce(url, headers, patience);
    if ('value' in asked) return asked;
    const wait = asked.waitMs ?? patience.pauseMs * 2 ** (attempt - 1);
    if (!asked.again || attempt >= patience.attempts || wait > patience.longestPauseMs)
      throw new SourceError(
        `${url.host} ${asked.failure} (${attempt === 1 ? '1 attempt' : `${attempt} attempts`}).`,
      );
    await pause(wait);
  }
}

interface Failure {
  readonly failure: string;
  readonly again: boolean;
  readonly waitMs: number | null;
}

async function askOnce(
  url: URL,
  headers: Readonly<Record<string, string>>,
  { answerMs }: Patience,
): Promise<Answer | Failure> {
  let text: string;
  let link: string | null;
  try {
    const response = await fetch(url, {
      headers: { 'user-agent': 'express-gate refresh-data', ...headers },
      // Another address than the one that was given is no source of facts.
      redirect: 'error',
      signal: AbortSignal.timeout(answerMs),
    });
    if (response.status !== 200) {
      await response.body?.cancel();
      const waitMs = readRetryAfter(response.headers.get('retry-after'));
      const again =
        response.status === 429 || response.status >= 500 || (response.status === 403 && waitMs !== null);
      return { failure: `answered HTTP ${response.status}`, again, waitMs };
    }
    link = response.headers.get('link');
    text = await readBounded(response);
  } catch (error) {
    if (error instanceof SourceError) return { failure: error.message, again: false, waitMs: null };
    return { failure: `did not give a whole answer${reasonOf(error)}`, again: true, waitMs: null };
  }
  try {
    return { value: JSON.parse(text), link };
  } catch {
    return { failure: 'answered with something that is not JSON', again: true, waitMs: null };
  }
}

/** The code of the system's error, such as ECONNREFUSED, where there is one. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : null;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return /^[A-Z_]{3,40}$/.test(code) ? ` (${code})` : '';
}

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > longestAnswer) throw new SourceError('answered with more than anything that was asked for');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Milliseconds, from a number of seconds. */
function readRetryAfter(value: string | null): number | null {
  return value !== null && /^\d{1,6}$/.test(value) ? Number(value) * 1000 : null;
}
