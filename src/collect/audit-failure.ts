/** Turns a status code or an error message of a registry into whether to ask again, and into plain words. */
import type { Asked } from './audit-attempts.ts';

/** Where the URL of a request (also within a message) points; never with credentials. */
export function hostIn(text: string): string {
  const url = /\bhttps?:\/\/[^\s"'<>]+/.exec(text)?.[0];
  return url !== undefined && URL.canParse(url) ? new URL(url).host : 'the registry';
}

/** @param retryAfter the header's value. */
export function judgeStatus(status: number, host: string, retryAfter: unknown): Asked {
  const detail = `${host} answered HTTP ${status}`;
  if (status === 404 || status === 405 || status === 410)
    return { kind: 'no-endpoint', detail: `${host} has no audit endpoint: HTTP ${status}` };
  if (status === 401 || status === 403 || status === 407)
    return {
      kind: 'refused',
      detail: `${host} refused the request with HTTP ${status}: credentials for it are missing or were not accepted`,
    };
  // Registries answer 400 also when only they are at fault.
  if (status === 400 || status === 408 || status === 425 || status === 429 || status >= 500)
    return { kind: 'try-again', detail, waitMs: readRetryAfter(retryAfter) };
  return { kind: 'refused', detail };
}

/** What failed before there was a whole answer. Only the words hang on the message: it is tried again in any case. */
export function judgeFailure(message: string, host = hostIn(message)): Asked {
  const words = failures.find(([pattern]) => pattern.test(message))?.[1] ?? 'could not be asked';
  return { kind: 'try-again', detail: `${host} ${words}`, waitMs: null };
}

export const notJson = 'answered with something that is not the JSON of an audit';

const failures: readonly (readonly [RegExp, string])[] = [
  [/ECONNREFUSED/, 'refused the connection'],
  [/ENOTFOUND|EAI_AGAIN/, 'was not found by its name'],
  [/time-?d? ?-?out|ETIMEDOUT|EIDLETIMEOUT|ERESPONSETIMEOUT/i, 'did not answer in time'],
  [/CERT|certificate|SSL|TLS/, 'has a certificate that is not trusted'],
  [/ECONNRESET|EPIPE|socket hang up|aborted|premature|terminated/i, 'broke the connection off'],
  [/json|\bZ_|ERR_BUFFER_TOO_LARGE/i, notJson],
];

/** Milliseconds, from a number of seconds or a date; null where there is neither. */
function readRetryAfter(value: unknown): number | null {
  const text = Array.isArray(value) ? value[0] : value;
  if (typeof text !== 'string') return null;
  if (/^\s*\d{1,9}\s*$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - Date.now());
}
