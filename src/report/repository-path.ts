/** Places in the scanned directory -> paths and URIs from the repository's root, where other tools look for files. */
import { posix } from 'node:path';

/** With `/`; `..` steps are followed, and only what leaves the repository keeps them. `pathPrefix` is `` or `apps/shop/`. */
export function repositoryPath(pathPrefix: string, file: string): string {
  return posix.normalize(`${pathPrefix}${file}`).replace(/^\/+/, '') || '.';
}

/** The same as a relative URI reference (RFC 3986): whatever a name holds, it has neither scheme nor host, query or fragment. */
export function repositoryUri(pathPrefix: string, file: string): string {
  return repositoryPath(pathPrefix, file)
    .split('/')
    .map((step) => encodeURIComponent(step.replace(/\p{Cs}/gu, '\ufffd')))
    .join('/');
}
