/** Markdown of a report, or a change with annotations -> a page that looks as GitHub shows it, to be seen in a real browser. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { diffLines } from 'diff';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import type { Annotation } from '../src/report/annotations.ts';

export type Scheme = 'light' | 'dark';

/** Sizes and colours of GitHub's page around Markdown; as narrow inside as its comments are on a phone. */
const frameStyles = `
body { margin: 0; background: var(--page); color: var(--text); font: 14px/1.5 -apple-system, BlinkMacSystemFont, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; }
:root { --page: #ffffff; --text: #1f2328; --muted: #59636e; --border: #d1d9e0; --head: #f6f8fa; --add: #dafbe1; --add-number: #aceebb; --cut: #ffebe9; --cut-number: #ffcecb; --error: #cf222e; --warning: #9a6700; --notice: #59636e; }
:root[data-scheme="dark"] { --page: #0d1117; --text: #f0f6fc; --muted: #9198a1; --border: #3d444d; --head: #151b23; --add: #12261e; --add-number: #1c4428; --cut: #25171c; --cut-number: #542426; --error: #f85149; --warning: #d29922; --notice: #9198a1; }
main { padding: 16px; }
.box { border: 1px solid var(--border); border-radius: 6px; overflow: hidden; margin-bottom: 16px; }
.box > header { background: var(--head); color: var(--muted); border-bottom: 1px solid var(--border); padding: 8px 16px; overflow-wrap: anywhere; }
.box > header b { color: var(--text); }
.box > .markdown-body { padding: 16px; overflow-wrap: break-word; }
.comment .markdown-body { font-size: 14px; }
.markdown-body { background: transparent !important; }
.diff { font: 12px/20px ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; }
.diff > div { display: flex; }
.diff .number { flex: none; width: 40px; padding-right: 8px; text-align: right; color: var(--muted); }
.diff .code { flex: 1; min-width: 0; padding: 0 8px; white-space: pre-wrap; overflow-wrap: anywhere; }
.diff .added { background: var(--add); }
.diff .added .number { background: var(--add-number); }
.diff .removed { background: var(--cut); }
.diff .removed .number { background: var(--cut-number); }
.diff .skipped { color: var(--muted); background: var(--head); }
.note { display: block; margin: 8px 16px; padding: 8px 12px; border: 1px solid var(--border); border-left: 3px solid var(--color); border-radius: 6px; font: 14px/1.5 -apple-system, BlinkMacSystemFont, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; }
.diff > .note { display: block; }
.note .level { color: var(--muted); font-size: 12px; }
.note b { display: block; overflow-wrap: anywhere; }
.note p { margin: 4px 0 0; white-space: pre-wrap; overflow-wrap: anywhere; }
`;

/** A report in the box in which GitHub shows a comment, or a job's summary. `title` is ours. */
export function reportPage(
  markdown: string,
  {
    kind,
    title,
    scheme,
  }: { readonly kind: 'comment' | 'summary'; readonly title: string; readonly scheme: Scheme },
): string {
  const body = `<div class="box ${kind}"><header>${title}</header><article class="markdown-body">${githubHtml(markdown)}</article></div>`;
  return page(body, scheme);
}

/** What GFM makes of it, and GitHub's boxes for alerts. The reports' own tests hold them to markup that GitHub lets through. */
function githubHtml(markdown: string): string {
  const html = micromark(markdown, {
    allowDangerousHtml: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
  return html.replace(
    /<blockquote>\s*<p>\[!(WARNING|CAUTION)\]\s*(.*?)<\/blockquote>/gs,
    (_all, kind: string, rest: string) => {
      const name = `${kind[0]}${kind.slice(1).toLowerCase()}`;
      return `<div class="markdown-alert markdown-alert-${kind.toLowerCase()}"><p class="markdown-alert-title">${name}</p><p>${rest}</div>`;
    },
  );
}

export interface ChangedFile {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** Unchanged lines shown around a changed or marked one, as GitHub does. */
const around = 3;

/** The files of a change as GitHub's page of changed files shows them: annotations stand below the lines where they end. */
export function diffPage(
  files: readonly ChangedFile[],
  annotations: readonly Annotation[],
  scheme: Scheme,
): string {
  const boxes = files.map((file) => {
    const notes = annotations.filter((annotation) => annotation.file === file.path);
    return `<div class="box"><header><b>${escapeHtml(file.path)}</b></header><div class="diff">${diffRows(file, notes)}</div></div>`;
  });
  return page(boxes.join('\n'), scheme);
}

function diffRows({ before, after }: ChangedFile, notes: readonly Annotation[]): string {
  let number = 0;
  const lines = diffLines(before, after).flatMap(({ value, added, removed }) =>
    value
      .replace(/\n$/, '')
      .split('\n')
      .map((text) => {
        if (!removed) number += 1;
        return {
          text,
          kind: added ? 'added' : removed ? 'removed' : 'kept',
          number: removed ? null : number,
        };
      }),
  );
  const notesOf = (line: number | null) => notes.filter(({ endLine }) => endLine === line);
  const isShown = lines.map((_, index) =>
    lines
      .slice(Math.max(0, index - around), index + around + 1)
      .some(({ kind, number }) => kind !== 'kept' || notesOf(number).length > 0),
  );
  return lines
    .map(({ text, kind, number }, index) => {
      if (!isShown[index])
        return isShown[index - 1] === false ? '' : '<div class="skipped"><span class="number">…</span></div>';
      const sign = { added: '+', removed: '-', kept: ' ' }[kind];
      const row = `<div class="${kind}"><span class="number">${number ?? ''}</span><span class="code">${sign} ${escapeHtml(text)}</span></div>`;
      return row + notesOf(number).map(noteBox).join('');
    })
    .join('\n');
}

const levelWords = { error: 'failure', warning: 'warning', notice: 'notice' } as const;

function noteBox({ level, title, message, file, line }: Annotation): string {
  const head = `Check ${levelWords[level]} on line ${line} in ${escapeHtml(file)}`;
  return `<div class="note" style="--color: var(--${level})"><span class="level">${head}</span><b>${escapeHtml(title)}</b><p>${escapeHtml(message)}</p></div>`;
}

function page(body: string, scheme: Scheme): string {
  const styles = readFileSync(
    createRequire(import.meta.url).resolve(`github-markdown-css/github-markdown-${scheme}.css`),
    'utf8',
  );
  return `<!doctype html>
<html lang="en" data-scheme="${scheme}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><style>${styles}${frameStyles}</style></head>
<body><main>${body}</main></body>
</html>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
