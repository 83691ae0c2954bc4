import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);

// src/model/path-inside.ts
import { isAbsolute, relative, resolve } from "node:path";
function isInside(path, directory) {
  const way = relative(resolve(directory), resolve(path));
  return way === "" || !isAbsolute(way) && way !== ".." && !/^\.\.[/\\]/.test(way);
}

export {
  isInside
};
