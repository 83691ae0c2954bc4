/** The files and reviews of a pull request, as GitHub's API words them, with GitHub's refusals of comments that are not on its diff. */

import { exampleOf } from './github-openapi.ts';

interface Person {
  readonly id: number;
  readonly login: string;
  readonly type: 'User' | 'Bot';
}

/** Where the head of a pull request is. */
export interface PullSource {
  readonly repository: string;
  readonly branch: string;
}

/** A pull request in a list: GitHub's own example, with what tells one from another. */
export function renderPull(pull: {
  readonly repository: string;
  readonly number: number;
  readonly head: string;
  readonly from: PullSource;
}): unknown {
  const [example] = exampleOf('pull-request-simple-items') as [
    Record<'head' | 'base', { readonly repo: object }>,
  ];
  const { repository, number, head, from } = pull;
  return {
    ...example,
    number,
    requested_teams: [],
    head: {
      ...example.head,
      sha: head,
      ref: from.branch,
      label: `${from.repository.split('/')[0]}:${from.branch}`,
      repo: { ...example.head.repo, full_name: from.repository },
    },
    base: { ...example.base, ref: 'main', repo: { ...example.base.repo, full_name: repository } },
  };
}

export interface PullFile {
  readonly filename: string;
  readonly status?: 'added' | 'removed' | 'modified' | 'renamed';
  /** Absent for binary files and where the file's diff is too large. */
  readonly patch?: string;
}

export interface ReviewComment {
  readonly id: number;
  readonly reviewId: number;
  readonly user: Person;
  readonly path: string;
  readonly line: number;
  readonly startLine: number | null;
  body: string;
}

export interface Review {
  readonly id: number;
  readonly user: Person;
  readonly body: string;
  readonly event: string;
  readonly commit: string;
}

export interface DraftReview {
  readonly commit_id?: string;
  readonly body?: string;
  readonly event?: string;
  readonly comments?: readonly {
    readonly path: string;
    readonly body: string;
    readonly line?: number;
    readonly side?: string;
    readonly start_line?: number;
    readonly start_side?: string;
  }[];
}

/** The parts of `git diff` output that GitHub lists for each file: everything from the first `@@` on, without a line feed at the end. */
export function pullFilesOf(gitDiff: string): PullFile[] {
  return gitDiff
    .split(/^(?=diff --git )/m)
    .filter((part) => part.startsWith('diff --git '))
    .map((part) => {
      const filename = /^\+\+\+ b\/(.*)$/m.exec(part)?.[1] ?? /^--- a\/(.*)$/m.exec(part)?.[1] ?? '';
      const at = part.search(/^@@ /m);
      const status = /^new file/m.test(part) ? 'added' : /^deleted file/m.test(part) ? 'removed' : 'modified';
      return { filename, status, ...(at < 0 ? {} : { patch: part.slice(at).replace(/\n$/, '') }) };
    });
}

/**
 * What GitHub says is wrong with a draft, or nothing. The sentences are those that parkerbxyz/suggest-changes#64 and The-PR-Agent/pr-agent#592 show;
 * GitHub does not say which comment they are about.
 */
export function draftFaults(draft: DraftReview, files: readonly PullFile[], head: string | null): string[] {
  const faults: string[] = [];
  if (draft.event === 'COMMENT' && (draft.body ?? '').trim() === '') faults.push('Body is blank');
  if (head !== null && draft.commit_id !== undefined && draft.commit_id !== head)
    faults.push('commit_id is not part of the pull request');
  for (const { path, body, line, side, start_line: start, start_side: startSide } of draft.comments ?? []) {
    const hunks = newLinesOf(files.find(({ filename }) => filename === path)?.patch ?? '');
    const hunk = hunks.findIndex((lines) => line !== undefined && lines.has(line));
    if (body.trim() === '' || body.length > 65536)
      faults.push('Body is too long (maximum is 65536 characters)');
    if (side !== 'RIGHT' || hunk < 0) {
      faults.push(
        "Pull request review thread line must be part of the diff and Pull request review thread diff hunk can't be blank",
      );
    }
    if (start === undefined) continue;
    if (startSide !== undefined && startSide !== 'RIGHT')
      faults.push('Pull request review thread start side is invalid');
    if (line !== undefined && start >= line)
      faults.push('Pull request review thread start line must precede the end line.');
    if (hunk >= 0 && !hunks[hunk]!.has(start))
      faults.push('Pull request review thread start line must be part of the same hunk as the line.');
  }
  return faults;
}

/** The line numbers of the new text in each hunk. */
function newLinesOf(patch: string): Set<number>[] {
  const hunks: Set<number>[] = [];
  let next = 0;
  for (const line of patch.split('\n')) {
    const header = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(line);
    if (header !== null) {
      hunks.push(new Set());
      next = Number(header[1]);
    } else if (line.startsWith('+') || line.startsWith(' ')) {
      hunks.at(-1)?.add(next);
      next += 1;
    }
  }
  return hunks;
}

export function renderFile(file: PullFile, repository: string, head: string): unknown {
  const count = (sign: string) =>
    (file.patch ?? '').split('\n').filter((line) => line.startsWith(sign)).length;
  const path = encodeURIComponent(file.filename);
  return {
    sha: 'ab'.repeat(20),
    filename: file.filename,
    status: file.status ?? 'modified',
    additions: count('+'),
    deletions: count('-'),
    changes: count('+') + count('-'),
    blob_url: `https://github.com/${repository}/blob/${head}/${path}`,
    raw_url: `https://github.com/${repository}/raw/${head}/${path}`,
    contents_url: `https://api.github.com/repos/${repository}/contents/${path}?ref=${head}`,
    ...(file.patch === undefined ? {} : { patch: file.patch }),
  };
}

export function renderReview(review: Review, user: unknown, pull: string): unknown {
  const html = `https://github.com/${pull}#pullrequestreview-${review.id}`;
  const api = `https://api.github.com/repos/${pull.replace('/pull/', '/pulls/')}`;
  return {
    id: review.id,
    node_id: `PRR_${review.id}`,
    user,
    body: review.body,
    state: review.event === 'COMMENT' ? 'COMMENTED' : 'PENDING',
    html_url: html,
    pull_request_url: api,
    author_association: 'NONE',
    _links: { html: { href: html }, pull_request: { href: api } },
    submitted_at: '2026-01-01T00:00:00Z',
    commit_id: review.commit,
  };
}

export function renderReviewComment(comment: ReviewComment, user: unknown, pull: string): unknown {
  const html = `https://github.com/${pull}#discussion_r${comment.id}`;
  const api = `https://api.github.com/repos/${pull.replace('/pull/', '/pulls/')}`;
  const self = `https://api.github.com/repos/${pull.replace(/\/pull\/\d+$/, '')}/pulls/comments/${comment.id}`;
  return {
    url: self,
    pull_request_review_id: comment.reviewId,
    id: comment.id,
    node_id: `PRRC_${comment.id}`,
    diff_hunk: '@@ -1 +1 @@',
    path: comment.path,
    commit_id: 'ab'.repeat(20),
    original_commit_id: 'ab'.repeat(20),
    user,
    body: comment.body,
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
    html_url: html,
    pull_request_url: api,
    author_association: 'NONE',
    _links: { self: { href: self }, html: { href: html }, pull_request: { href: api } },
    start_line: comment.startLine,
    line: comment.line,
    side: 'RIGHT',
    subject_type: 'line',
  };
}
