#!/usr/bin/env node
import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);
import {
  ruleIds,
  suggestion
} from "./chunks/chunk-C2H3Q53J.js";
import {
  version
} from "./chunks/chunk-MYOBOFMZ.js";
import {
  exitCode
} from "./chunks/chunk-YVND7Q7L.js";
import {
  isInside
} from "./chunks/chunk-T2SIEF54.js";
import {
  InputError
} from "./chunks/chunk-UNS75AM4.js";
import {
  terminalText
} from "./chunks/chunk-4GJY7B2F.js";
import {
  severities
} from "./chunks/chunk-S2OK2AFU.js";
import "./chunks/chunk-JS4AHWAF.js";

// src/cli.ts
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, relative as relative2, resolve as resolve2, sep as sep2 } from "node:path";

// src/collect/cli-arguments.ts
import { isAbsolute, relative, resolve, sep } from "node:path";
import { parseArgs } from "node:util";

// src/collect/cli-options.ts
var reportFormats = ["text", "json", "sarif", "markdown", "github", "gitlab"];
var unavailableChoices = {
  format: ["html"]
};
var unavailableCommands = ["merge", "probe"];
var cliOptions = [
  {
    name: "format",
    value: "FORMAT",
    choices: reportFormats,
    help: [`${reportFormats.join(", ")};`, "default text (github where GITHUB_ACTIONS=true)"]
  },
  {
    name: "output",
    value: "FILE",
    help: [
      "write the report there instead of standard output;",
      "as FORMAT:FILE, which can be repeated, one report more"
    ]
  },
  {
    name: "policy",
    value: "FILE",
    help: ["default .github/express-gate.yml, else .express-gate.yml, in the directory"]
  },
  {
    name: "fail-on",
    value: "SEVERITY",
    choices: [...severities, "never"],
    help: [`findings of this severity and above block: ${severities.join(", ")},`, "or never; default high"]
  },
  {
    name: "base",
    value: "REVISION",
    help: ["compare with a git revision: findings are new or unchanged, and fixed ones", "are listed"]
  },
  {
    name: "scope",
    value: "SCOPE",
    choices: ["new", "all"],
    help: ["which findings can block: new, all; default new with a base, else all"]
  },
  {
    name: "audit",
    value: "SOURCE",
    choices: ["npm", "osv", "embedded", "off"],
    help: [
      "where advisories come from: npm (npm audit) or osv (osv.dev), and the",
      "embedded ones where it cannot be asked; embedded, or off; default npm"
    ]
  },
  { name: "registry", value: "URL", help: ["the registry that npm audit asks"] },
  {
    name: "omit",
    value: "TYPE",
    choices: ["dev", "optional", "peer"],
    help: ["leave these dependencies out: dev, optional, peer; can be repeated"]
  },
  {
    name: "snyk-json",
    value: "FILE",
    help: ["merge what `snyk test --json` wrote into this file"]
  },
  {
    name: "waive",
    value: "FINGERPRINT",
    help: ["accept a finding for a while: writes a waiver into the policy;", "with --reason and --expires"]
  },
  { name: "reason", value: "TEXT", help: ["why it is accepted"] },
  { name: "expires", value: "DATE", help: ["the last day (YYYY-MM-DD) on which it is"] },
  { name: "list-rules", help: ["list the rules"] },
  { name: "explain", value: "RULE", help: ["say what a rule reports, why, and what to write instead"] },
  { name: "version", short: "v", help: ["print the version"] },
  { name: "help", short: "h", help: ["print this"] },
  { name: "shard", value: "I/N", help: null },
  { name: "fix", help: null },
  { name: "dry-run", help: null },
  { name: "init", help: null },
  { name: "adopt", help: null },
  { name: "start", value: "COMMAND", help: null },
  { name: "wait-on", value: "URL", help: null },
  { name: "with", value: "REPORT", help: null }
];
function renderHelp() {
  const built = cliOptions.filter((option) => option.help !== null);
  const heads = built.map(({ name, short, value }) => {
    return `${short === void 0 ? "" : `-${short}, `}--${name}${value === void 0 ? "" : ` ${value}`}`;
  });
  const width = Math.max(...heads.map((head) => head.length)) + 2;
  const lines = built.flatMap(
    ({ help }, index) => help.map((line, row) => `  ${(row === 0 ? heads[index] : "").padEnd(width)}${line}`)
  );
  return `${[
    "express-gate [directory]     judge the Express applications in a directory; default: the current one",
    "",
    ...lines,
    "",
    "A policy that extends one on GitHub is read with GITHUB_TOKEN or GH_TOKEN, where one is set.",
    "Exit codes: 0 pass, 1 the policy blocks, 2 could not judge."
  ].join("\n")}
`;
}

// src/collect/cli-arguments.ts
function parseCliArguments(args, surroundings) {
  const { given, positionals } = split(args);
  if (given.has("help")) return { kind: "help" };
  if (given.has("version")) return { kind: "version" };
  if (given.has("list-rules")) return { kind: "list-rules" };
  const rule = given.get("explain")?.at(-1);
  if (rule !== void 0) return { kind: "explain", ruleId: checkRule(rule) };
  const directory = resolve(surroundings.workingDirectory, readDirectory(positionals));
  const snykFile = pathFrom(given.get("snyk-json")?.at(-1), directory, surroundings.workingDirectory);
  const request = {
    directory,
    policyFile: pathFrom(given.get("policy")?.at(-1), directory, surroundings.workingDirectory),
    scope: choose(given, "scope"),
    ...readBase(given.get("base")?.at(-1)),
    failOn: choose(given, "fail-on"),
    audit: choose(given, "audit") ?? "npm",
    registry: readRegistry(given.get("registry")?.at(-1)),
    omit: readOmit(given),
    ...snykFile === null ? {} : { snykFile },
    ...surroundings.githubApi === void 0 ? {} : { githubApi: surroundings.githubApi },
    today: surroundings.today
  };
  const wish = readWish(given);
  if (wish !== null) return { kind: "waive", request, wish };
  return {
    kind: "gate",
    request,
    reports: readReports(given, surroundings.githubActions ? "github" : "text")
  };
}
function readWish(given) {
  const [fingerprint, reason, expires] = ["waive", "reason", "expires"].map(
    (name) => given.get(name)?.at(-1)
  );
  if (fingerprint === void 0) {
    const alone = ["reason", "expires"].find((name) => given.has(name));
    if (alone === void 0) return null;
    throw new InputError(`\`--${alone}\` goes with \`--waive FINGERPRINT\``);
  }
  if (reason === void 0 || expires === void 0)
    throw new InputError(
      `\`--waive\` needs \`--${reason === void 0 ? "reason TEXT" : "expires YYYY-MM-DD"}\`: a waiver says why, and until when`
    );
  if ((given.get("waive")?.length ?? 0) > 1) throw new InputError("`--waive` takes one finding at a time");
  const report = ["format", "output"].find((name) => given.has(name));
  if (report !== void 0) throw new InputError(`\`--waive\` writes no report: leave \`--${report}\` out`);
  return { fingerprint, reason, expires };
}
function split(args) {
  const options = Object.fromEntries(
    cliOptions.map(({ name, short, value }) => [
      name,
      {
        type: value === void 0 ? "boolean" : "string",
        ...short === void 0 ? {} : { short }
      }
    ])
  );
  const { tokens } = parseArgs({
    args: [...args],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true
  });
  if (tokens.some((token) => token.kind === "option" && token.name === "help")) {
    return { given: /* @__PURE__ */ new Map([["help", ["true"]]]), positionals: [] };
  }
  const given = /* @__PURE__ */ new Map();
  const positionals = [];
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind !== "option") continue;
    const option = findOption(token.name, token.rawName);
    given.set(option.name, [...given.get(option.name) ?? [], optionValue(option, token)]);
  }
  return { given, positionals };
}
function findOption(name, rawName) {
  const option = cliOptions.find((each) => each.name === name);
  if (option === void 0) {
    const known = cliOptions.filter(({ help }) => help !== null).map((each) => each.name);
    const near = suggestion(name, known, (word) => `\`--${word}\``);
    throw new InputError(
      `there is no option ${quote(rawName)}.${near} \`express-gate --help\` lists them all`
    );
  }
  if (option.help === null) throw notYet(`--${name}`);
  return option;
}
function optionValue(option, token) {
  const { name, value, choices } = option;
  if (value === void 0) {
    if (token.value !== void 0) throw new InputError(`\`--${name}\` takes no value`);
    return "true";
  }
  const isMissing = token.value === void 0 || token.value === "";
  if (isMissing || !token.inlineValue && /^-./.test(token.value)) {
    throw new InputError(`\`--${name}\` needs a value: ${choices?.join(", ") ?? value}`);
  }
  return token.value;
}
function readDirectory(positionals) {
  const [directory = ".", ...others] = positionals;
  if (unavailableCommands.includes(directory)) {
    throw new InputError(
      `${notYet(`express-gate ${directory}`).message}; to scan a directory of that name, write ./${directory}`
    );
  }
  if (others.length > 0) {
    throw new InputError(
      `one directory at a time: ${quote(directory)} was named, and also ${others.map(quote).join(", ")}`
    );
  }
  if (directory === "")
    throw new InputError("the directory is an empty text: name it, or leave it out for the current one");
  return directory;
}
function pathFrom(file, directory, workingDirectory) {
  if (file === void 0) return null;
  const absolute = resolve(workingDirectory, file);
  if (isAbsolute(file) && !isInside(absolute, directory)) return file;
  return relative(directory, absolute).replaceAll(sep, "/");
}
function readBase(revision) {
  if (revision === void 0) return {};
  if (revision.startsWith("-")) throw new InputError(`\`--base ${revision}\` names no revision`);
  return { base: { kind: "revision", revision } };
}
function choose(given, name) {
  const value = given.get(name)?.at(-1);
  return value === void 0 ? null : check(name, value);
}
function check(name, value) {
  const choices = cliOptions.find((option) => option.name === name).choices;
  if (choices.includes(value)) return value;
  if (unavailableChoices[name]?.includes(value)) throw notYet(`--${name} ${value}`);
  throw new InputError(
    `\`--${name}\` must be one of ${choices.join(", ")}, not ${quote(value)}.${suggestion(value, choices)}`.replace(
      /\.$/,
      ""
    )
  );
}
function readOmit(given) {
  const types = (given.get("omit") ?? []).flatMap((value) => value.split(","));
  return [...new Set(types.map((type) => check("omit", type)))];
}
function readRegistry(value) {
  if (value === void 0) return null;
  if (!URL.canParse(value) || !/^https?:/i.test(value)) {
    throw new InputError(
      `\`--registry\` must be an address such as https://registry.npmjs.org/, not ${quote(value)}`
    );
  }
  return value;
}
function readReports(given, preset) {
  const main = choose(given, "format") ?? preset;
  const targets = (given.get("output") ?? []).map((value) => splitOutput(value));
  const plain = targets.filter(({ format }) => format === null);
  if (plain.length > 1) {
    throw new InputError(
      "`--output FILE` can be given once: write the others as FORMAT:FILE, such as json:report.json"
    );
  }
  return [
    { format: main, file: plain[0]?.file ?? null },
    ...targets.flatMap(({ format, file }) => format === null ? [] : [{ format, file }])
  ];
}
function splitOutput(value) {
  const match = /^([a-z][a-z-]+):(.*)$/is.exec(value);
  if (match === null) return { format: null, file: value };
  const [, word, file] = match;
  if (unavailableChoices.format.includes(word)) throw notYet(`--output ${word}:FILE`);
  if (!reportFormats.includes(word)) {
    throw new InputError(
      `there is no report format ${quote(word)}: FORMAT:FILE takes ${reportFormats.join(", ")}.${suggestion(word, reportFormats)} For a file of that name write ${quote(`./${value}`)}`
    );
  }
  if (file === "") throw new InputError(`\`--output ${word}:\` lacks the name of the file`);
  return { format: word, file };
}
function checkRule(id) {
  if (ruleIds.includes(id)) return id;
  throw new InputError(
    `there is no rule ${quote(id)}.${suggestion(id, ruleIds)} \`express-gate --list-rules\` names them all`
  );
}
function notYet(what) {
  return new InputError(`\`${what}\` is not available yet in this version`);
}
function quote(text) {
  return `\`${text}\``;
}

// src/cli.ts
var issuesUrl = "https://github.com/express-gate/express-gate/issues";
async function run() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < 20 || major === 20 && minor < 19) {
    throw new InputError(`this needs Node.js 20.19 or newer, and runs on ${process.versions.node}`);
  }
  const command = parseCliArguments(process.argv.slice(2), {
    workingDirectory: process.cwd(),
    today: (/* @__PURE__ */ new Date()).toISOString().slice(0, 10),
    githubActions: process.env.GITHUB_ACTIONS === "true",
    githubApi: {
      apiUrl: process.env.GITHUB_API_URL || "https://api.github.com",
      token: process.env.GITHUB_TOKEN || process.env.GH_TOKEN || null
    }
  });
  switch (command.kind) {
    case "help":
      await print(process.stdout, renderHelp());
      return 0;
    case "version":
      await print(process.stdout, `${version}
`);
      return 0;
    case "list-rules":
    case "explain":
      await print(process.stdout, await describeRules(command));
      return 0;
    case "gate":
      return gate(command);
    case "waive":
      return writeWaiver(command);
  }
}
async function writeWaiver({ request, wish }) {
  const { waive } = await import("./chunks/waive-QRBIJUKX.js");
  const { file, isNew, entry, covered } = await waive(request, wish);
  const number = `${covered.length} ${covered.length === 1 ? "finding" : "findings"}`;
  const lines = [
    `${isNew ? "Made" : "Changed"} ${file}:`,
    "",
    ...entry.split("\n"),
    "",
    `It waives ${number}. A pull request is judged by the policy of its base, so it counts once it is merged.`
  ];
  await print(process.stdout, lines.map((line) => `${terminalText(line)}
`).join(""));
  return 0;
}
async function gate({ request, reports }) {
  const { runGate } = await import("./chunks/gate-6YXYP4WG.js");
  const { verdict, snapshot } = await runGate(request, () => performance.now());
  const input = { verdict, files: snapshot.files, version };
  let code = exitCode(verdict.verdict);
  for (const target of reports) {
    const text = await render(target, input, request.directory);
    if (target.file === null) {
      await print(process.stdout, text);
      continue;
    }
    try {
      await mkdir(dirname(resolve2(target.file)), { recursive: true });
      await writeFile(target.file, text);
    } catch (error) {
      if (code === 0) code = 2;
      await complain(`${target.file}: this report cannot be written (${reasonOf(error)})`);
    }
  }
  return code;
}
async function render({ format, file }, input, directory) {
  switch (format) {
    case "text": {
      const { renderText } = await import("./chunks/text-RUXFKOZ2.js");
      return renderText(input, { color: file === null && wantsColour() });
    }
    case "json":
      return (await import("./chunks/json-SANIF7CB.js")).renderJson(input);
    case "markdown":
      return (await import("./chunks/markdown-report-7GMSUJFZ.js")).renderMarkdown(input);
    case "github":
      return (await import("./chunks/github-3N4XL3GZ.js")).renderGithub(input, { pathPrefix: pathPrefix(directory) });
    case "gitlab":
      return (await import("./chunks/gitlab-C5RRZFSN.js")).renderGitlab(input, { pathPrefix: pathPrefix(directory) });
    case "sarif": {
      const [{ rules }, { renderSarif }] = await Promise.all([
        import("./chunks/gate-6YXYP4WG.js"),
        import("./chunks/sarif-JMPOPG6A.js")
      ]);
      return renderSarif(input, {
        rules,
        pathPrefix: pathPrefix(directory),
        commentKey: "",
        withAbsent: process.env.GITHUB_ACTIONS !== "true",
        repository: null
      });
    }
  }
}
async function describeRules(command) {
  const [{ rules }, { renderRule, renderRuleList }] = await Promise.all([
    import("./chunks/gate-6YXYP4WG.js"),
    import("./chunks/rule-text-57VNNZSO.js")
  ]);
  if (command.kind === "list-rules") return renderRuleList(rules);
  const rule = rules.find(({ id }) => id === command.ruleId);
  if (rule === void 0)
    throw new InputError(`the rule \`${command.ruleId}\` is not available yet in this version`);
  return renderRule(rule);
}
function wantsColour() {
  return process.stdout.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== "dumb";
}
function pathPrefix(directory) {
  const root = process.env.GITHUB_WORKSPACE || repositoryRoot(directory) || process.cwd();
  const way = relative2(root, directory).replaceAll(sep2, "/");
  return way === "" || way.startsWith("..") || resolve2(way) === way ? "" : `${way}/`;
}
function repositoryRoot(directory) {
  if (existsSync(join(directory, ".git"))) return directory;
  const parent = dirname(directory);
  return parent === directory ? null : repositoryRoot(parent);
}
function print(stream, text) {
  return new Promise((settle) => stream.write(text, () => settle()));
}
async function complain(text) {
  const lines = text.split("\n").map((line) => `express-gate: ${terminalText(line)}
`);
  await print(process.stderr, lines.join(""));
}
function reasonOf(error) {
  return error instanceof Error ? "code" in error ? String(error.code) : error.message : String(error);
}
async function fail(error) {
  if (error instanceof InputError) {
    await complain(error.describe());
  } else {
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const [line = ""] = message.split("\n");
    await complain(`${line}; this is a defect of express-gate, please report it: ${issuesUrl}`);
    if (process.env.EXPRESS_GATE_DEBUG === "1" && error instanceof Error) await complain(error.stack ?? "");
  }
  process.exit(2);
}
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", () => {
  });
}
process.on("uncaughtException", fail);
process.on("unhandledRejection", fail);
process.exit(await run().catch(fail));
