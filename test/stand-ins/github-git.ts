/** Answers the git routes of GitHub's REST API (trees, blobs, compare, commits, contents) from a repository on the disk. */
import { execFileSync } from 'node:child_process';

export interface GitAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** The answer of a git route, or null where the operation is none of them. */
export function answerGit(
  directory: string,
  operation: string,
  parameters: ReadonlyMap<string, string>,
  query: URLSearchParams,
  address: string,
): GitAnswer | null {
  const git = (...args: string[]) =>
    execFileSync('git', args, {
      cwd: directory,
      encoding: 'buffer',
      maxBuffer: 64 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  const missing: GitAnswer = {
    status: 404,
    body: { message: 'Not Found', documentation_url: 'https://docs.github.com/rest', status: '404' },
  };
  try {
    switch (operation) {
      case 'git/get-tree': {
        const sha = parameters.get('tree_sha')!;
        const lines = git('ls-tree', '-r', '-t', '-z', '-l', '--full-tree', sha).toString('utf8').split('\0');
        const tree = lines.flatMap((line) => {
          const entry = /^(\d{6}) ([a-z]+) ([0-9a-f]+) +(\d+|-)\t(.+)$/s.exec(line);
          if (entry === null) return [];
          const [, mode, type, object, size, path] = entry;
          return [
            {
              path,
              mode,
              type,
              sha: object,
              ...(size === '-' ? {} : { size: Number(size) }),
              url: `${address}/git/${type}s/${object}`,
            },
          ];
        });
        return { status: 200, body: { sha, url: `${address}/git/trees/${sha}`, tree, truncated: false } };
      }
      case 'git/get-blob': {
        const sha = parameters.get('file_sha')!;
        const content = git('cat-file', 'blob', sha);
        return {
          status: 200,
          body: {
            content: content.toString('base64'),
            encoding: 'base64',
            url: `${address}/git/blobs/${sha}`,
            sha,
            size: content.length,
            node_id: 'B_x',
          },
        };
      }
      case 'repos/compare-commits-with-basehead': {
        const [base = '', head = ''] = parameters.get('basehead')!.split('...');
        const mergeBase = git('merge-base', base, head).toString('utf8').trim();
        const link = `${address}/compare/${base}...${head}`;
        return {
          status: 200,
          body: {
            url: link,
            html_url: link,
            permalink_url: link,
            diff_url: `${link}.diff`,
            patch_url: `${link}.patch`,
            base_commit: commit(base, address),
            merge_base_commit: commit(mergeBase, address),
            status: 'ahead',
            ahead_by: 1,
            behind_by: 0,
            total_commits: 1,
            commits: [commit(head, address)],
          },
        };
      }
      case 'repos/get-commit': {
        const ref = parameters.get('ref')!;
        try {
          const sha = git('rev-parse', '--verify', '--quiet', `${ref}^{commit}`).toString('utf8').trim();
          return { status: 200, body: commit(sha, address) };
        } catch {
          const message = `No commit found for SHA: ${ref}`;
          return {
            status: 422,
            body: { message, documentation_url: 'https://docs.github.com/rest', status: '422' },
          };
        }
      }
      case 'repos/get-content': {
        const path = parameters.get('path')!;
        const ref = query.get('ref')!;
        const sha = git('rev-parse', '--verify', '--quiet', `${ref}:${path}`).toString('utf8').trim();
        const content = git('cat-file', 'blob', sha);
        const links = {
          self: `${address}/contents/${path}`,
          git: `${address}/git/blobs/${sha}`,
          html: address,
        };
        return {
          status: 200,
          body: {
            type: 'file',
            encoding: 'base64',
            size: content.length,
            name: path.split('/').at(-1),
            path,
            content: content.toString('base64').replace(/.{60}/g, '$&\n'),
            sha,
            url: links.self,
            git_url: links.git,
            html_url: links.html,
            download_url: links.html,
            _links: links,
          },
        };
      }
      default:
        return null;
    }
  } catch {
    return missing;
  }
}

function commit(sha: string, address: string): object {
  const link = `${address}/commits/${sha}`;
  const person = { name: 'Test', email: 'test@example.com', date: '2026-01-01T00:00:00Z' };
  return {
    url: link,
    sha,
    node_id: 'C_x',
    html_url: link,
    comments_url: `${link}/comments`,
    commit: {
      url: link,
      author: person,
      committer: person,
      message: 'Sell things',
      comment_count: 0,
      tree: { sha, url: link },
    },
    author: null,
    committer: null,
    parents: [],
  };
}
