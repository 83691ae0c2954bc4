/** What every renderer is given: the verdict, and the texts from which code excerpts are taken. */
import type { SnapshotFile } from '../model/snapshot.ts';
import type { Verdict } from '../model/verdict.ts';

export interface ReportInput {
  readonly verdict: Verdict;
  /** The head's files by path, for excerpts; a finding's file may be missing from it. */
  readonly files: ReadonlyMap<string, SnapshotFile>;
  /** The tool's own version. */
  readonly version: string;
}

/** Where links on GitHub point; null parts are left out of the text. */
export interface GithubContext {
  /** `https://github.com/owner/name`, from GITHUB_SERVER_URL and GITHUB_REPOSITORY. */
  readonly repositoryUrl: string;
  /** The commit that was judged: the pull request's head, so that permalinks hold. */
  readonly commit: string;
  /** Prefix of the scanned directory inside the repository, `` or `apps/shop/`: annotations and permalinks need paths from the repository's root. */
  readonly pathPrefix: string;
  /** The workflow run's page. */
  readonly runUrl: string | null;
}
