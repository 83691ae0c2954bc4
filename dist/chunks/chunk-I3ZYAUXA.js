import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);

// src/collect/program-path.ts
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join, relative, resolve } from "node:path";
function findProgram(name, directory, environment = process.env, platform = process.platform) {
  const windows = platform === "win32";
  const path = windows ? Object.entries(environment).find(([key]) => key.toUpperCase() === "PATH")?.[1] : environment.PATH;
  for (const entry of (path ?? "").split(delimiter)) {
    if (!isAbsolute(entry) || isInside(entry, directory)) continue;
    const candidate = join(entry, windows ? `${name}.exe` : name);
    if (isExecutable(candidate)) return candidate;
  }
  return null;
}
function isInside(path, directory) {
  const way = relative(resolve(directory), resolve(path));
  return way === "" || !isAbsolute(way) && way !== ".." && !/^\.\.[/\\]/.test(way);
}
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

export {
  findProgram,
  isInside
};
