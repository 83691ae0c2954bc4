import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);

// src/model/policy.ts
var overridableKeys = [
  "fail-on",
  "scope",
  "rules",
  "exclude",
  "environment",
  "require",
  "waivers",
  "waivers-from"
];
var emptyPolicy = {
  file: null,
  failOn: null,
  scope: null,
  rules: /* @__PURE__ */ new Map(),
  exclude: [],
  environment: /* @__PURE__ */ new Map(),
  require: [],
  waivers: []
};

// src/collect/extends-source.ts
var longest = 300;
var refWord = /^(?!-)(?!.*\.\.)[^\s~^:?*[\\@\p{Cc}\p{Cf}]+$/u;
function readExtends(text) {
  const found = /^([\w.-]+)\/([\w.-]+):(.+)@([^@]+)$/s.exec(text);
  if (found === null) return { kind: "file", path: text.replaceAll("\\", "/") };
  const [, owner, repository, path, ref] = found;
  return { kind: "github", owner, repository, path, ref };
}
function extendsFault(text) {
  const trimmed = text.trim();
  if (trimmed.length > longest) return `\`extends\` must have at most ${longest} characters`;
  if (/[\p{Cc}\p{Cf}]/u.test(trimmed)) return "`extends` must not have control characters in it";
  if (/^[\w.-]+\/[\w.-]+:[^@]*$/.test(trimmed))
    return "`extends` names a repository without saying which revision: write owner/repository:path@ref, where ref is a tag, a branch or a commit";
  const source = readExtends(trimmed);
  if (source.kind === "file" && /^(?:[/~]|[a-z]:|[a-z]+:\/\/)/i.test(source.path))
    return "`extends` must be a path from the scanned directory, or owner/repository:path@ref";
  if (source.kind === "github" && (isDots(source.owner) || isDots(source.repository)))
    return "`extends` names no repository: write owner/repository:path@ref";
  if (source.kind === "github" && source.path.split("/").some((part) => part === "" || isDots(part)))
    return `\`extends\` must name the file by its path from the top of ${source.owner}/${source.repository}`;
  if (source.kind === "github" && !refWord.test(source.ref))
    return "`extends` names a revision that git cannot have: write a tag, a branch or a commit after the `@`";
  if (!/\.ya?ml$/i.test(source.path)) return "`extends` must name a file that ends in .yml or .yaml";
  return null;
}
function isDots(part) {
  return /^\.{1,2}$/.test(part);
}

// src/model/check.ts
var checkNames = [
  "npm-audit",
  "snyk",
  "express-version",
  "code",
  "files",
  "base",
  "policy"
];

export {
  overridableKeys,
  emptyPolicy,
  readExtends,
  extendsFault,
  checkNames
};
