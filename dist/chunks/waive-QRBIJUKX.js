import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);
import {
  isIsoDay,
  parsePolicy
} from "./chunk-AIO4BU7I.js";
import {
  codeOf,
  pathMatcher,
  policyFiles,
  runGate
} from "./chunk-3I2EFZ5E.js";
import "./chunk-DADMSIO2.js";
import "./chunk-MZQ62ETL.js";
import {
  nearestName
} from "./chunk-C2H3Q53J.js";
import {
  isInside
} from "./chunk-T2SIEF54.js";
import "./chunk-IAAB7JRQ.js";
import "./chunk-GK7RS3HO.js";
import "./chunk-5EY6ZPLM.js";
import "./chunk-H3WA7JIE.js";
import {
  InputError
} from "./chunk-UNS75AM4.js";
import "./chunk-S2OK2AFU.js";
import {
  require_dist
} from "./chunk-3C6MT65P.js";
import {
  __toESM
} from "./chunk-JS4AHWAF.js";

// src/collect/policy-edit.ts
var import_yaml = __toESM(require_dist(), 1);
import { mkdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
var schemaLine = "# yaml-language-server: $schema=https://raw.githubusercontent.com/express-gate/express-gate/main/docs/policy.schema.json";
function writeWaiver(directory, file, waiver) {
  const name = file ?? policyFiles[0];
  const entry = blockEntry(waiver, "").join("\n");
  try {
    const path = file === null ? makeRoom(directory, name) : resolve(directory, file);
    const old = file === null ? `${schemaLine}
` : readFileSync(path, "utf8");
    const text = addWaiver(old, waiver, name);
    writeFileSync(path, text, file === null ? { flag: "wx" } : {});
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`the policy file cannot be written (${codeOf(error)})`, { file: name });
  }
  return { file: name, isNew: file === null, entry };
}
function makeRoom(directory, name) {
  const path = join(directory, name);
  mkdirSync(dirname(path), { recursive: true });
  if (!isInside(realpathSync(dirname(path)), realpathSync(directory)))
    throw new InputError("the folder of the policy is a symbolic link that leads out of the directory", {
      file: name
    });
  return path;
}
function addWaiver(text, waiver, file) {
  const mark = text.startsWith("\uFEFF") ? "\uFEFF" : "";
  const body = text.slice(mark.length);
  const old = parsePolicy(body, file);
  for (const attempt of [insertText, insertNode]) {
    const changed = attempt(body, waiver);
    if (changed !== null && saysAlso(changed, old, waiver, (each) => parsePolicy(each, file)))
      return mark + changed;
  }
  throw new InputError(
    `nothing can be added to a policy of this form. Write it in by hand, under waivers:
${blockEntry(waiver, "  ").join("\n")}`,
    { file }
  );
}
function saysAlso(text, old, waiver, parse) {
  try {
    const { waivers, ...rest } = parse(text);
    const { waivers: before, ...others } = old;
    const plain = (each) => {
      const { line: _, ...said } = each;
      return said;
    };
    return isDeepStrictEqual(rest, others) && isDeepStrictEqual(waivers.map(plain), [...before.map(plain), waiver]);
  } catch {
    return false;
  }
}
function insertText(text, waiver) {
  const end = text.includes("\r\n") ? "\r\n" : "\n";
  const document = (0, import_yaml.parseDocument)(text, { version: "1.2", schema: "core" });
  const root = document.contents;
  const put = (at, lines2, until = at) => {
    const before = text.slice(0, at);
    const begin = before === "" || before.endsWith("\n") ? "" : end;
    return `${before}${begin}${lines2.map((line2) => `${line2}${end}`).join("")}${text.slice(until)}`;
  };
  if (root === null || (0, import_yaml.isScalar)(root) && root.value === null)
    return put(text.length, ["waivers:", ...blockEntry(waiver, "  ")]);
  if (!(0, import_yaml.isMap)(root) || root.flow === true) return null;
  const pair = root.items.find(({ key: key2 }) => (0, import_yaml.isScalar)(key2) && key2.value === "waivers");
  if (pair === void 0) {
    const last = root.items.at(-1)?.value ?? root.items.at(-1)?.key;
    const at = afterLine(text, endOf(last) ?? text.length);
    const rest = text.slice(at);
    return put(/^(?:\s*(?:#.*)?(?:\r?\n|$))*$/.test(rest) ? text.length : at, [
      "waivers:",
      ...blockEntry(waiver, "  ")
    ]);
  }
  const list = pair.value;
  if ((0, import_yaml.isSeq)(list) && list.items.length > 0) {
    const at = endOf(list.items.at(-1));
    if (at === null || list.range == null) return null;
    if (list.flow === true) return `${text.slice(0, at)}, ${flowEntry(waiver)}${text.slice(at)}`;
    const [start] = list.range;
    const indent = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
    return /^ *$/.test(indent) ? put(afterLine(text, at), blockEntry(waiver, indent)) : null;
  }
  const empty = (0, import_yaml.isSeq)(list) || (0, import_yaml.isScalar)(list) && list.value === null ? list.range : null;
  const key = endOf(pair.key);
  if (key === null) return null;
  const lines = blockEntry(waiver, "  ");
  if (empty == null || empty[0] === empty[1]) return put(afterLine(text, key), lines);
  const line = `${text.slice(0, empty[0]).trimEnd()}${text.slice(empty[1], afterLine(text, empty[1]))}`;
  return `${line}${line.endsWith("\n") ? "" : end}${lines.map((each) => `${each}${end}`).join("")}${text.slice(afterLine(text, empty[1]))}`;
}
function insertNode(text, waiver) {
  const document = (0, import_yaml.parseDocument)(text, { version: "1.2", schema: "core" });
  try {
    if (!document.hasIn(["waivers", 0])) document.set("waivers", document.createNode([]));
    document.addIn(["waivers"], document.createNode(Object.fromEntries(pairs(waiver))));
    const written = document.toString({ lineWidth: 0 });
    return text.includes("\r\n") ? written.replaceAll("\n", "\r\n") : written;
  } catch {
    return null;
  }
}
function endOf(node) {
  const { range } = node ?? {};
  return range == null ? null : range[1];
}
function afterLine(text, offset) {
  if (text[offset - 1] === "\n") return offset;
  const at = text.indexOf("\n", offset);
  return at === -1 ? text.length : at + 1;
}
function pairs({ rule, advisory, path, package: name, reason, expires }) {
  const all = [
    ["rule", rule],
    ["advisory", advisory],
    ["package", name],
    ["path", path],
    ["reason", reason],
    ["expires", expires]
  ];
  return all.filter((pair) => pair[1] !== null);
}
function blockEntry(waiver, indent) {
  return pairs(waiver).map(([key, value], index) => {
    const isPlain = (0, import_yaml.stringify)(value, { lineWidth: 0 }) === `${value}
`;
    return `${indent}${index === 0 ? "- " : "  "}${key}: ${isPlain ? value : JSON.stringify(value)}`;
  });
}
function flowEntry(waiver) {
  return `{ ${pairs(waiver).map(([key, value]) => `${key}: ${JSON.stringify(value)}`).join(", ")} }`;
}

// src/waive.ts
var mostNamed = 5;
async function waive(request, wish) {
  const reason = wish.reason.replace(/[\s\p{Cc}]+/gu, " ").trim();
  if (reason === "") throw new InputError("`--reason` must not be blank: write why the finding is accepted");
  if (!isIsoDay(wish.expires))
    throw new InputError(
      `\`--expires\` must be a day that the calendar has, written YYYY-MM-DD, not \`${wish.expires}\``
    );
  if (wish.expires < request.today)
    throw new InputError(
      `\`--expires ${wish.expires}\` has passed (today is ${request.today}): name the last day on which the waiver is to hold`
    );
  const { verdict, policy, inheritance } = await runGate(request);
  const finding = find(verdict.findings, wish.fingerprint);
  if (finding.waiver !== null)
    throw new InputError(
      `${describe(finding)} is waived already, until ${finding.waiver.expires}: ${finding.waiver.reason}`
    );
  if (inheritance?.waiversCount === false)
    throw new InputError(
      `a waiver in ${policy.file} would not count: ${inheritance.sources[0]?.source}, which it extends, does not list waivers under overridable. Ask for the waiver there`
    );
  const entry = entryFor(finding, reason, wish.expires);
  const covered = verdict.findings.filter((each) => isCovered(each, entry));
  if (!covered.includes(finding))
    throw new InputError(`no glob matches the name of the file ${JSON.stringify(finding.location.file)}`);
  return { ...writeWaiver(request.directory, policy.file, entry), covered };
}
function find(findings, fingerprint) {
  const wanted = fingerprint.trim().toLowerCase();
  const found = findings.find((each) => each.fingerprint.toLowerCase() === wanted);
  if (found !== void 0) return found;
  const all = findings.map((each) => each.fingerprint);
  const begun = wanted.length < 4 ? [] : findings.filter((each) => each.fingerprint.startsWith(wanted));
  const nearest = nearestName(wanted, all);
  const near = begun.length > 0 ? begun : findings.filter((each) => each.fingerprint === nearest);
  const named = near.slice(0, mostNamed).map((each) => `\`${each.fingerprint}\` (${describe(each)})`);
  const hint = named.length === 0 ? "" : ` Did you mean ${named.join(" or ")}?`;
  const number = findings.length === 0 ? "there is none" : `there are ${findings.length}`;
  throw new InputError(
    `no finding has the fingerprint ${JSON.stringify(fingerprint.slice(0, 80))} (${number}).${hint} \`express-gate --format json\` gives every finding its \`fingerprint\``
  );
}
function describe({ ruleId, advisory, location }) {
  const what = advisory === void 0 ? ruleId : `${advisory.id} of ${advisory.package}`;
  return `${what} at ${location.file}:${location.line}`;
}
function entryFor({ ruleId, advisory, location }, reason, expires) {
  return advisory === void 0 ? { rule: ruleId, advisory: null, path: escapeGlob(location.file), package: null, reason, expires } : { rule: null, advisory: advisory.id, path: null, package: advisory.package, reason, expires };
}
function isCovered({ ruleId, advisory, location }, entry) {
  if (entry.rule === null) return advisory?.id === entry.advisory && advisory?.package === entry.package;
  return ruleId === entry.rule && pathMatcher(entry.path)(location.file);
}
function escapeGlob(file) {
  return file.replace(/[\\*?[\](){}!+@|^$"]/g, "\\$&");
}
export {
  waive
};
