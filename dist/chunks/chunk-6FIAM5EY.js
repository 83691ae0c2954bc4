import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);
import {
  composeReport,
  joinSections
} from "./chunk-3MQYZDAM.js";
import {
  escapeCommentKey,
  isListed,
  link
} from "./chunk-ULPUCS3L.js";

// src/report/pr-comment.ts
var longestBody = 65e3;
function renderPrComment(input, context) {
  const { commentKey, policyFile, annotationsLeftOut } = context;
  const composition = { context, policyFile, annotationsLeftOut, detail: "short" };
  const mark = commentMark(commentKey);
  const body = joinSections(composeReport(input, composition), {
    limit: longestBody - mark.length - 1,
    sizeOf: (text) => text.length,
    elsewhere: context.runUrl === null ? "the job summary has them" : link("the job summary has them", context.runUrl)
  });
  return `${mark}
${body}`;
}
function isCommentWanted(mode, verdict) {
  return mode === "always" || verdict.verdict !== "pass" || mode === "on-findings" && verdict.findings.some(isListed);
}
function commentMark(commentKey) {
  return `${markOf(commentKey)} -->`;
}
function isOurComment(body, commentKey) {
  return body.startsWith(`${markOf(commentKey)} `);
}
function markOf(commentKey) {
  return `<!-- express-gate:comment key="${escapeCommentKey(commentKey)}"`;
}

// src/report/publish-requests.ts
import { setTimeout as sleep } from "node:timers/promises";
var ordinaryPatience = {
  requestMs: 1e4,
  totalMs: 6e4,
  attempts: 3,
  pauseMs: 500,
  longestWaitMs: 2e4
};
var Refusal = class extends Error {
  /** The HTTP status, or null where no answer came. */
  status;
  /** True where it was one request too many, and not the request itself. */
  limited;
  constructor(message, status, limited = false) {
    super(message);
    this.name = "Refusal";
    this.status = status;
    this.limited = limited;
  }
  /** True where the request may have taken effect although no success was reported. */
  get uncertain() {
    return this.status === null || this.status >= 500;
  }
};
var aboutPullRequests = { noun: "pull request", permission: "pull-requests: write" };
var Requests = class {
  #patience;
  #readOnly;
  #subject;
  #deadline;
  constructor(patience, readOnly, subject = aboutPullRequests) {
    this.#patience = patience;
    this.#readOnly = readOnly;
    this.#subject = subject;
    this.#deadline = performance.now() + patience.totalMs;
  }
  /**
   * Calls `once` until it succeeds or there is no point any more. `repeatable: false`: a fault that may hide a success is not tried again.
   * @throws Refusal
   */
  async send(once, repeatable = true) {
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
  async pause(attempt) {
    await sleep(Math.min(this.#pauseAfter(attempt), this.#left()));
  }
  #pauseAfter(attempt) {
    return this.#patience.pauseMs * 2 ** (attempt - 1) * (0.75 + Math.random() / 2);
  }
  #left() {
    return Math.max(1, Math.round(this.#deadline - performance.now()));
  }
  /** Milliseconds to wait before the next attempt, or null where there should be none. */
  #waitAfter(failure, attempt, repeatable) {
    const asked = Number(failure.headers["retry-after"] ?? Number.NaN) * 1e3;
    if (isSecondaryLimit(failure)) return asked <= this.#patience.longestWaitMs ? asked : null;
    const faulty = failure.status === null || failure.status >= 500 || failure.status === 409;
    if (!faulty || !repeatable) return null;
    if (asked > this.#patience.longestWaitMs) return null;
    const pause = this.#pauseAfter(attempt);
    return Number.isNaN(asked) ? pause : Math.max(asked, pause);
  }
};
function readFailure(error) {
  const { status, response } = error;
  const said = response?.data?.message;
  const details = response?.data?.errors;
  const message = typeof said === "string" ? [said, ...Array.isArray(details) ? details.filter((one) => typeof one === "string") : []].join(": ") : error instanceof Error ? error.message : String(error);
  return {
    status: response === void 0 || status === void 0 ? null : status,
    headers: response?.headers ?? {},
    // Of what the other end says, a line is enough.
    message: message.replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim().slice(0, 200)
  };
}
function isPrimaryLimit({ status, headers }) {
  return (status === 403 || status === 429) && headers["x-ratelimit-remaining"] === "0" && headers["retry-after"] === void 0;
}
function isSecondaryLimit({ status, headers, message }) {
  return status === 429 || status === 403 && (headers["retry-after"] !== void 0 || /secondary rate limit|abuse/i.test(message));
}
function explain(failure, readOnly, subject) {
  const { status, headers, message } = failure;
  if (status === null) return `GitHub could not be reached (${message})`;
  if (isPrimaryLimit(failure)) {
    const reset = new Date(Number(headers["x-ratelimit-reset"]) * 1e3);
    const until = Number.isNaN(reset.getTime()) ? "" : ` until ${reset.toISOString().slice(0, 16).replace("T", " ")} UTC`;
    return `the rate limit of this token is used up${until}`;
  }
  if (isSecondaryLimit(failure)) {
    const seconds = Number(headers["retry-after"]);
    const wait = Number.isFinite(seconds) && seconds > 0 ? `for ${seconds} seconds` : "for at least a minute";
    return `GitHub asks this token to pause ${wait} (secondary rate limit)`;
  }
  switch (status) {
    case 401:
      return "GitHub did not accept the token (401): leave github-token out to use the one of the job, or give one that has not expired";
    case 403:
      return explainForbidden(message, readOnly, subject);
    case 404:
      return `GitHub shows this token no such ${subject.noun} (404): give the job \`permissions: ${subject.permission}\`, or a github-token that may see this repository`;
    case 410:
      return "GitHub says that this conversation is gone (410)";
    case 422:
      return `GitHub did not take the text (422: ${message})`;
    default:
      return status >= 500 ? `GitHub is in trouble (${status})` : `GitHub answered ${status}: ${message}`;
  }
}
function explainForbidden(message, readOnly, { noun, permission }) {
  if (/locked/i.test(message)) return "the conversation of this pull request is locked";
  if (readOnly === "fork") {
    return "this pull request comes from a fork, and GitHub gives its workflow runs a token that can only read (403)";
  }
  const grant = `give the job \`permissions: ${permission}\``;
  if (readOnly === "dependabot") {
    return `Dependabot started this run, and its token can only read unless the workflow says otherwise (403): ${grant}`;
  }
  return `the token may not write to ${noun}s (403: ${message}): ${grant}`;
}

// src/report/publish-account.ts
var silent = { debug() {
}, info() {
}, warn() {
}, error() {
} };
async function connect(place) {
  const { getOctokit } = await import("./github-ZOIZFO4B.js");
  return getOctokit(place.token, { baseUrl: place.apiUrl, userAgent: "express-gate", log: silent });
}
async function ownAccount(token, octokit, requests) {
  if (token.startsWith("ghs_")) return null;
  try {
    const { data } = await requests.send(
      (signal) => octokit.rest.users.getAuthenticated({ request: { signal } })
    );
    return data.id;
  } catch (error) {
    if (error instanceof Refusal && (error.status === 403 || error.status === 404)) return null;
    throw error;
  }
}
function writtenBy(account, marked) {
  return account === null ? byOneBot(marked) : marked.filter(({ author }) => author?.id === account);
}
function byOneBot(marked) {
  const bots = marked.filter(({ author }) => author?.type === "Bot");
  const chosen = bots.find(({ author }) => author?.login === "github-actions[bot]") ?? bots[0];
  return bots.filter(({ author }) => author?.id === chosen?.author?.id);
}

// src/report/publish-github.ts
var pageLimit = 30;
var roundLimit = 4;
async function publishComment(place, text, patience = ordinaryPatience) {
  try {
    const octokit = await connect(place);
    return await new Conversation(place, octokit, new Requests(patience, place.readOnly)).bringUpToDate(text);
  } catch (error) {
    return { kind: "unpublished", reason: error instanceof Error ? error.message : String(error) };
  }
}
var Conversation = class {
  #place;
  #octokit;
  #requests;
  #issue;
  constructor(place, octokit, requests) {
    this.#place = place;
    this.#octokit = octokit;
    this.#requests = requests;
    this.#issue = { owner: place.owner, repo: place.repository, issue_number: place.pullNumber };
  }
  /**
   * Two runs at once may both find nothing and both create. So a creator looks again, and whoever sees several does the same: the oldest
   * comment gets the newest run's text, the others go. However the runs interleave, one comment is left.
   */
  async bringUpToDate(text) {
    const body = `${text.body.trimEnd()}
${runMark(this.#place.run)}
`;
    let created = null;
    let problem = null;
    for (let round = 1; round <= roundLimit; round++) {
      const [first, ...younger] = await this.#look(text.key, created);
      try {
        if (first === void 0) {
          if (!text.create) return { kind: "none" };
          created = await this.#create(body);
          continue;
        }
        const newest = newestText(this.#place.run, body, [first, ...younger]);
        const stale = plain(first.body) !== plain(newest);
        if (stale) await this.#rewrite(first.id, newest);
        for (const comment of younger) await this.#remove(comment.id);
        if (newest !== body) return { kind: "superseded", url: first.url };
        const ours = created === null ? problem?.uncertain === true && !stale : first.id === created.id;
        return { kind: ours ? "created" : stale ? "updated" : "unchanged", url: first.url };
      } catch (error) {
        const vanished = first !== void 0 && error instanceof Refusal && error.status === 404;
        if (!(error instanceof Refusal) || !(vanished || first === void 0 && error.uncertain))
          throw error;
        problem = error;
        created = null;
        if (error.uncertain) await this.#requests.pause(round);
      }
    }
    throw problem ?? new Refusal("the comment changed each time it was looked at", null);
  }
  /** As `#findOwn`; where only the second look is refused, what was created is there all the same, and another run clears a double away. */
  async #look(key, created) {
    try {
      return await this.#findOwn(key, created);
    } catch (error) {
      if (created === null || !(error instanceof Refusal)) throw error;
      return [created];
    }
  }
  /** Our comments, oldest first. `created` counts although a listing may not show it yet. */
  async #findOwn(key, created) {
    const marked = (await this.#list()).filter((comment) => isOurComment(comment.body, key));
    if (created !== null && !marked.some(({ id }) => id === created.id)) marked.push(created);
    if (marked.length === 0) return [];
    const account = created?.author?.id ?? await ownAccount(this.#place.token, this.#octokit, this.#requests);
    return writtenBy(account, marked).sort((a, b) => a.id - b.id);
  }
  async #list() {
    const comments = [];
    for (let page = 1; page <= pageLimit; page++) {
      const { data } = await this.#requests.send(
        (signal) => this.#octokit.rest.issues.listComments({ ...this.#issue, per_page: 100, page, request: { signal } })
      );
      comments.push(...data.map(readComment));
      if (data.length < 100) break;
    }
    return comments;
  }
  async #create(body) {
    const { data } = await this.#requests.send(
      (signal) => this.#octokit.rest.issues.createComment({ ...this.#issue, body, request: { signal } }),
      false
    );
    return readComment(data);
  }
  async #rewrite(id, body) {
    const { owner, repo } = this.#issue;
    await this.#requests.send(
      (signal) => this.#octokit.rest.issues.updateComment({ owner, repo, comment_id: id, body, request: { signal } })
    );
  }
  /** A duplicate that stays is removed by the next run: not worth a warning. */
  async #remove(id) {
    const { owner, repo } = this.#issue;
    await this.#requests.send(
      (signal) => this.#octokit.rest.issues.deleteComment({ owner, repo, comment_id: id, request: { signal } })
    ).catch((error) => {
      if (!(error instanceof Refusal)) throw error;
    });
  }
};
function newestText(run, body, comments) {
  let newest = { run, body };
  for (const comment of comments) {
    const shown = readRunMark(comment.body);
    if (shown !== null && isLater(shown, newest.run)) newest = { run: shown, body: comment.body };
  }
  return newest.body;
}
function isLater(a, b) {
  return a.id !== b.id ? a.id > b.id : a.attempt > b.attempt;
}
function runMark({ id, attempt, commit }) {
  return `<!-- express-gate-run ${id}.${attempt} ${commit} -->`;
}
function readRunMark(body) {
  const found = /<!-- express-gate-run (\d{1,15})\.(\d{1,6}) ([0-9a-f]*) -->\s*$/.exec(body);
  return found === null ? null : { id: Number(found[1]), attempt: Number(found[2]), commit: found[3] };
}
function plain(body) {
  return body.replaceAll("\r\n", "\n").trim();
}
function readComment(data) {
  return { id: data.id, body: data.body ?? "", url: data.html_url, author: data.user };
}

export {
  renderPrComment,
  isCommentWanted,
  ordinaryPatience,
  Refusal,
  Requests,
  connect,
  ownAccount,
  writtenBy,
  publishComment
};
