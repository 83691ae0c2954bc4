import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);

// src/report/repository-path.ts
import { posix } from "node:path";
function repositoryPath(pathPrefix, file) {
  return posix.normalize(`${pathPrefix}${file}`).replace(/^\/+/, "") || ".";
}
function repositoryUri(pathPrefix, file) {
  return repositoryPath(pathPrefix, file).split("/").map((step) => encodeURIComponent(step.replace(new RegExp("\\p{Cs}", "gu"), "�"))).join("/");
}

export {
  repositoryPath,
  repositoryUri
};
