/** What lies under a lockfile, as its reader is handed it. */
import type { Manifest } from '../../model/project.ts';

/** A manifest under a lockfile: the lockfile's own directory, or one of its workspaces. */
export interface LockfileMember {
  /** Its directory as the lockfile sees it: `` for the lockfile's own, `packages/a` for a workspace. */
  readonly location: string;
  readonly manifest: Manifest;
}
