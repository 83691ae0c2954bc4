import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);
import {
  isRecord,
  runGate
} from "./chunks/chunk-BCJ734QV.js";
import {
  formatWorkflowCommand,
  protectLog,
  renderGithub,
  selectAnnotations
} from "./chunks/chunk-GGZK6S7N.js";
import "./chunks/chunk-MZQ62ETL.js";
import {
  renderJson
} from "./chunks/chunk-3XMVKG7J.js";
import {
  composeReport,
  joinSections
} from "./chunks/chunk-FQCBAEVU.js";
import {
  count,
  escapeCommentKey,
  findingNoun,
  isListed,
  link
} from "./chunks/chunk-SPMOABHJ.js";
import "./chunks/chunk-H3WA7JIE.js";
import "./chunks/chunk-5EY6ZPLM.js";
import {
  exitCode,
  version
} from "./chunks/chunk-L3HDJDQV.js";
import {
  isInside
} from "./chunks/chunk-T2SIEF54.js";
import {
  terminalLine
} from "./chunks/chunk-4GJY7B2F.js";
import "./chunks/chunk-UVS7RJ5N.js";
import "./chunks/chunk-6EGSBLDA.js";
import "./chunks/chunk-JNHDRYHW.js";
import "./chunks/chunk-3O3EIRSL.js";
import {
  InputError
} from "./chunks/chunk-UNS75AM4.js";
import {
  severities
} from "./chunks/chunk-S2OK2AFU.js";
import "./chunks/chunk-3C6MT65P.js";
import "./chunks/chunk-JS4AHWAF.js";

// src/action.ts
import { isAbsolute as isAbsolute2, posix } from "node:path";

// node_modules/@actions/core/lib/command.js
import * as os from "os";

// node_modules/@actions/core/lib/utils.js
function toCommandValue(input) {
  if (input === null || input === void 0) {
    return "";
  } else if (typeof input === "string" || input instanceof String) {
    return input;
  }
  return JSON.stringify(input);
}

// node_modules/@actions/core/lib/command.js
function issueCommand(command, properties, message) {
  const cmd = new Command(command, properties, message);
  process.stdout.write(cmd.toString() + os.EOL);
}
var CMD_STRING = "::";
var Command = class {
  constructor(command, properties, message) {
    if (!command) {
      command = "missing.command";
    }
    this.command = command;
    this.properties = properties;
    this.message = message;
  }
  toString() {
    let cmdStr = CMD_STRING + this.command;
    if (this.properties && Object.keys(this.properties).length > 0) {
      cmdStr += " ";
      let first = true;
      for (const key in this.properties) {
        if (this.properties.hasOwnProperty(key)) {
          const val = this.properties[key];
          if (val) {
            if (first) {
              first = false;
            } else {
              cmdStr += ",";
            }
            cmdStr += `${key}=${escapeProperty(val)}`;
          }
        }
      }
    }
    cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
    return cmdStr;
  }
};
function escapeData(s) {
  return toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}
function escapeProperty(s) {
  return toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A").replace(/:/g, "%3A").replace(/,/g, "%2C");
}

// node_modules/@actions/core/lib/file-command.js
import * as crypto from "crypto";
import * as fs from "fs";
import * as os2 from "os";
function issueFileCommand(command, message) {
  const filePath = process.env[`GITHUB_${command}`];
  if (!filePath) {
    throw new Error(`Unable to find environment variable for file command ${command}`);
  }
  if (!fs.existsSync(filePath)) {
    throw new Error(`Missing file at path: ${filePath}`);
  }
  fs.appendFileSync(filePath, `${toCommandValue(message)}${os2.EOL}`, {
    encoding: "utf8"
  });
}
function prepareKeyValueMessage(key, value) {
  const delimiter = `ghadelimiter_${crypto.randomUUID()}`;
  const convertedValue = toCommandValue(value);
  if (key.includes(delimiter)) {
    throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
  }
  if (convertedValue.includes(delimiter)) {
    throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
  }
  return `${key}<<${delimiter}${os2.EOL}${convertedValue}${os2.EOL}${delimiter}`;
}

// node_modules/@actions/core/lib/core.js
import * as os4 from "os";

// node_modules/@actions/core/lib/summary.js
import { EOL as EOL3 } from "os";
import { constants, promises } from "fs";
var __awaiter = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve3) {
      resolve3(value);
    });
  }
  return new (P || (P = Promise))(function(resolve3, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator["throw"](value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result) {
      result.done ? resolve3(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
var { access, appendFile, writeFile } = promises;
var SUMMARY_ENV_VAR = "GITHUB_STEP_SUMMARY";
var Summary = class {
  constructor() {
    this._buffer = "";
  }
  /**
   * Finds the summary file path from the environment, rejects if env var is not found or file does not exist
   * Also checks r/w permissions.
   *
   * @returns step summary file path
   */
  filePath() {
    return __awaiter(this, void 0, void 0, function* () {
      if (this._filePath) {
        return this._filePath;
      }
      const pathFromEnv = process.env[SUMMARY_ENV_VAR];
      if (!pathFromEnv) {
        throw new Error(`Unable to find environment variable for $${SUMMARY_ENV_VAR}. Check if your runtime environment supports job summaries.`);
      }
      try {
        yield access(pathFromEnv, constants.R_OK | constants.W_OK);
      } catch (_a) {
        throw new Error(`Unable to access summary file: '${pathFromEnv}'. Check if the file has correct read/write permissions.`);
      }
      this._filePath = pathFromEnv;
      return this._filePath;
    });
  }
  /**
   * Wraps content in an HTML tag, adding any HTML attributes
   *
   * @param {string} tag HTML tag to wrap
   * @param {string | null} content content within the tag
   * @param {[attribute: string]: string} attrs key-value list of HTML attributes to add
   *
   * @returns {string} content wrapped in HTML element
   */
  wrap(tag, content, attrs = {}) {
    const htmlAttrs = Object.entries(attrs).map(([key, value]) => ` ${key}="${value}"`).join("");
    if (!content) {
      return `<${tag}${htmlAttrs}>`;
    }
    return `<${tag}${htmlAttrs}>${content}</${tag}>`;
  }
  /**
   * Writes text in the buffer to the summary buffer file and empties buffer. Will append by default.
   *
   * @param {SummaryWriteOptions} [options] (optional) options for write operation
   *
   * @returns {Promise<Summary>} summary instance
   */
  write(options) {
    return __awaiter(this, void 0, void 0, function* () {
      const overwrite = !!(options === null || options === void 0 ? void 0 : options.overwrite);
      const filePath = yield this.filePath();
      const writeFunc = overwrite ? writeFile : appendFile;
      yield writeFunc(filePath, this._buffer, { encoding: "utf8" });
      return this.emptyBuffer();
    });
  }
  /**
   * Clears the summary buffer and wipes the summary file
   *
   * @returns {Summary} summary instance
   */
  clear() {
    return __awaiter(this, void 0, void 0, function* () {
      return this.emptyBuffer().write({ overwrite: true });
    });
  }
  /**
   * Returns the current summary buffer as a string
   *
   * @returns {string} string of summary buffer
   */
  stringify() {
    return this._buffer;
  }
  /**
   * If the summary buffer is empty
   *
   * @returns {boolen} true if the buffer is empty
   */
  isEmptyBuffer() {
    return this._buffer.length === 0;
  }
  /**
   * Resets the summary buffer without writing to summary file
   *
   * @returns {Summary} summary instance
   */
  emptyBuffer() {
    this._buffer = "";
    return this;
  }
  /**
   * Adds raw text to the summary buffer
   *
   * @param {string} text content to add
   * @param {boolean} [addEOL=false] (optional) append an EOL to the raw text (default: false)
   *
   * @returns {Summary} summary instance
   */
  addRaw(text2, addEOL = false) {
    this._buffer += text2;
    return addEOL ? this.addEOL() : this;
  }
  /**
   * Adds the operating system-specific end-of-line marker to the buffer
   *
   * @returns {Summary} summary instance
   */
  addEOL() {
    return this.addRaw(EOL3);
  }
  /**
   * Adds an HTML codeblock to the summary buffer
   *
   * @param {string} code content to render within fenced code block
   * @param {string} lang (optional) language to syntax highlight code
   *
   * @returns {Summary} summary instance
   */
  addCodeBlock(code, lang) {
    const attrs = Object.assign({}, lang && { lang });
    const element = this.wrap("pre", this.wrap("code", code), attrs);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML list to the summary buffer
   *
   * @param {string[]} items list of items to render
   * @param {boolean} [ordered=false] (optional) if the rendered list should be ordered or not (default: false)
   *
   * @returns {Summary} summary instance
   */
  addList(items, ordered = false) {
    const tag = ordered ? "ol" : "ul";
    const listItems = items.map((item) => this.wrap("li", item)).join("");
    const element = this.wrap(tag, listItems);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML table to the summary buffer
   *
   * @param {SummaryTableCell[]} rows table rows
   *
   * @returns {Summary} summary instance
   */
  addTable(rows) {
    const tableBody = rows.map((row) => {
      const cells = row.map((cell) => {
        if (typeof cell === "string") {
          return this.wrap("td", cell);
        }
        const { header, data, colspan, rowspan } = cell;
        const tag = header ? "th" : "td";
        const attrs = Object.assign(Object.assign({}, colspan && { colspan }), rowspan && { rowspan });
        return this.wrap(tag, data, attrs);
      }).join("");
      return this.wrap("tr", cells);
    }).join("");
    const element = this.wrap("table", tableBody);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds a collapsable HTML details element to the summary buffer
   *
   * @param {string} label text for the closed state
   * @param {string} content collapsable content
   *
   * @returns {Summary} summary instance
   */
  addDetails(label, content) {
    const element = this.wrap("details", this.wrap("summary", label) + content);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML image tag to the summary buffer
   *
   * @param {string} src path to the image you to embed
   * @param {string} alt text description of the image
   * @param {SummaryImageOptions} options (optional) addition image attributes
   *
   * @returns {Summary} summary instance
   */
  addImage(src, alt, options) {
    const { width, height } = options || {};
    const attrs = Object.assign(Object.assign({}, width && { width }), height && { height });
    const element = this.wrap("img", null, Object.assign({ src, alt }, attrs));
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML section heading element
   *
   * @param {string} text heading text
   * @param {number | string} [level=1] (optional) the heading level, default: 1
   *
   * @returns {Summary} summary instance
   */
  addHeading(text2, level) {
    const tag = `h${level}`;
    const allowedTag = ["h1", "h2", "h3", "h4", "h5", "h6"].includes(tag) ? tag : "h1";
    const element = this.wrap(allowedTag, text2);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML thematic break (<hr>) to the summary buffer
   *
   * @returns {Summary} summary instance
   */
  addSeparator() {
    const element = this.wrap("hr", null);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML line break (<br>) to the summary buffer
   *
   * @returns {Summary} summary instance
   */
  addBreak() {
    const element = this.wrap("br", null);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML blockquote to the summary buffer
   *
   * @param {string} text quote text
   * @param {string} cite (optional) citation url
   *
   * @returns {Summary} summary instance
   */
  addQuote(text2, cite) {
    const attrs = Object.assign({}, cite && { cite });
    const element = this.wrap("blockquote", text2, attrs);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML anchor tag to the summary buffer
   *
   * @param {string} text link text/content
   * @param {string} href hyperlink
   *
   * @returns {Summary} summary instance
   */
  addLink(text2, href) {
    const element = this.wrap("a", text2, { href });
    return this.addRaw(element).addEOL();
  }
};
var _summary = new Summary();
var summary = _summary;

// node_modules/@actions/core/lib/platform.js
import os3 from "os";
var platform = os3.platform();
var arch = os3.arch();

// node_modules/@actions/core/lib/core.js
var ExitCode;
(function(ExitCode2) {
  ExitCode2[ExitCode2["Success"] = 0] = "Success";
  ExitCode2[ExitCode2["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
function setOutput(name, value) {
  const filePath = process.env["GITHUB_OUTPUT"] || "";
  if (filePath) {
    return issueFileCommand("OUTPUT", prepareKeyValueMessage(name, value));
  }
  process.stdout.write(os4.EOL);
  issueCommand("set-output", { name }, toCommandValue(value));
}

// src/collect/action-inputs.ts
import { existsSync as existsSync2, readFileSync, realpathSync, statSync } from "node:fs";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
function readActionInputs(environment, today) {
  const read = (name) => (environment[`INPUT_${name.toUpperCase()}`] ?? "").trim();
  refuseUnbuilt(read);
  const workspace = realpathSync(environment.GITHUB_WORKSPACE || process.cwd());
  const directory = readDirectory(read("working-directory"), workspace);
  const github = readGithubRun(environment, workspace, directory);
  const token = read("github-token") || null;
  const snykFile = pathFrom(read("snyk-json"), workspace, directory);
  return {
    request: {
      ...readBase(environment, github, token),
      directory,
      policyFile: pathFrom(read("policy"), workspace, directory),
      scope: choose("scope", read("scope"), ["new", "all"]),
      failOn: choose("fail-on", read("fail-on"), [...severities, "never"]),
      audit: choose("audit", read("audit"), ["npm", "osv", "embedded", "off"]) ?? "npm",
      registry: readRegistry(read("registry")),
      omit: readOmit(read("omit")),
      ...snykFile === null ? {} : { snykFile },
      today
    },
    publish: {
      comment: choose("comment", read("comment"), ["always", "on-findings", "on-failure", "never"]) ?? "on-findings",
      commentKey: readCommentKey(read("comment-key")),
      annotations: readBoolean("annotations", read("annotations"), true),
      reportFile: read("report-file") || null,
      token
    },
    github
  };
}
function refuseUnbuilt(read) {
  const asked = [
    ["probe-url", read("probe-url") !== ""],
    ["sarif-file", read("sarif-file") !== ""],
    ["suggestions: true", readBoolean("suggestions", read("suggestions"), false)]
  ];
  const found = asked.find(([, is]) => is);
  if (found !== void 0)
    throw new InputError(`The input ${found[0]} is not available yet in this version: leave it out.`);
}
function choose(name, value, allowed) {
  if (value === "") return null;
  const found = allowed.find((one) => one === value);
  if (found === void 0)
    throw new InputError(`The input ${name} is ${quote(value)}: it takes ${list(allowed)}.`);
  return found;
}
function readBoolean(name, value, otherwise) {
  if (value === "") return otherwise;
  const found = ["true", "false"].indexOf(value.toLowerCase());
  if (found < 0) throw new InputError(`The input ${name} is ${quote(value)}: it takes true or false.`);
  return found === 0;
}
function readOmit(value) {
  const words = value.split(/[\s,]+/).filter((word) => word !== "");
  return [...new Set(words.map((word) => choose("omit", word, ["dev", "optional", "peer"])))];
}
function readRegistry(value) {
  if (value === "") return null;
  const protocol = URL.canParse(value) ? new URL(value).protocol : "";
  if (protocol !== "https:" && protocol !== "http:") {
    throw new InputError(
      `The input registry is ${quote(value)}: it takes an address that begins with https:// or http://.`
    );
  }
  return value;
}
function readCommentKey(value) {
  if (!/^[\w./ -]{0,100}$/.test(value)) {
    throw new InputError(
      `The input comment-key is ${quote(value)}: it takes up to 100 letters, digits, spaces and the characters . _ / -.`
    );
  }
  return value;
}
function readDirectory(value, workspace) {
  let directory;
  try {
    directory = realpathSync(resolve(workspace, value || "."));
    if (!statSync(directory).isDirectory()) throw new Error("not a directory");
  } catch {
    throw new InputError(
      `The input working-directory is ${quote(value)}, which is no directory of the workspace: give one relative to it, and run actions/checkout before this step.`
    );
  }
  if (!isInside(directory, workspace)) {
    throw new InputError(`The input working-directory is ${quote(value)}, which leads out of the workspace.`);
  }
  return directory;
}
function pathFrom(value, workspace, directory) {
  if (value === "") return null;
  const path = resolve(workspace, value);
  if (isAbsolute(value) && !isInside(path, directory)) return value;
  return relative(directory, path).replaceAll(sep, "/");
}
function readGithubRun(environment, workspace, directory) {
  const eventName = environment.GITHUB_EVENT_NAME ?? "";
  const pullRequest = /^pull_request(?:_target)?$/.test(eventName) ? readPullRequest(environment) : null;
  const [owner = "", repository = ""] = (environment.GITHUB_REPOSITORY ?? "").split("/");
  return {
    eventName,
    pullRequest,
    startedByDependabot: environment.GITHUB_ACTOR === "dependabot[bot]",
    serverUrl: environment.GITHUB_SERVER_URL || "https://github.com",
    apiUrl: environment.GITHUB_API_URL || "https://api.github.com",
    owner,
    repository,
    commit: pullRequest?.headCommit || environment.GITHUB_SHA || "",
    runId: readCount(environment.GITHUB_RUN_ID),
    runAttempt: readCount(environment.GITHUB_RUN_ATTEMPT),
    workspace,
    pathPrefix: readPrefix(workspace, directory)
  };
}
function readPullRequest(environment) {
  let payload;
  try {
    payload = JSON.parse(readFileSync(environment.GITHUB_EVENT_PATH ?? "", "utf8"));
  } catch {
    return null;
  }
  const { number, head, base } = payload?.pull_request ?? {};
  if (typeof number !== "number" || !Number.isSafeInteger(number) || number < 1) return null;
  if (typeof head?.sha !== "string" || !/^[0-9a-f]{40,64}$/.test(head.sha)) return null;
  return {
    number,
    headCommit: head.sha,
    baseCommit: typeof base?.sha === "string" ? base.sha : "",
    fromFork: head.repo?.full_name !== payload?.repository?.full_name,
    private: payload?.repository?.private === true
  };
}
function readBase(environment, { eventName, pullRequest, serverUrl, apiUrl, owner, repository }, token) {
  const github = owner === "" ? {} : { github: { serverUrl, apiUrl, owner, repository, token } };
  if (pullRequest !== null) {
    const { headCommit, baseCommit } = pullRequest;
    const trusted = eventName === "pull_request_target";
    return {
      ...github,
      base: { kind: "pull-request", head: headCommit, base: baseCommit, trusted },
      policyFrom: "base"
    };
  }
  const payload = readPayload(environment);
  if (eventName === "merge_group") {
    const group = isRecord(payload.merge_group) ? payload.merge_group : {};
    return { ...github, base: { kind: "commit", commit: text(group.base_sha) }, policyFrom: "base" };
  }
  if (eventName === "push") return { ...github, base: { kind: "commit", commit: text(payload.before) } };
  if (/^pull_request(?:_target)?$/.test(eventName))
    return { ...github, base: { kind: "commit", commit: "" }, policyFrom: "base" };
  return github;
}
function readPayload(environment) {
  try {
    const payload = JSON.parse(readFileSync(environment.GITHUB_EVENT_PATH ?? "", "utf8"));
    return isRecord(payload) ? payload : {};
  } catch {
    return {};
  }
}
function text(value) {
  return typeof value === "string" ? value : "";
}
function readCount(value) {
  return /^\d{1,15}$/.test(value ?? "") ? Number(value) : 0;
}
function readPrefix(workspace, directory) {
  const parts = relative(workspace, directory).split(sep).filter(Boolean);
  const ancestors = [...parts.keys(), parts.length];
  const root = ancestors.find((depth) => existsSync2(join(workspace, ...parts.slice(0, depth), ".git"))) ?? 0;
  return parts.slice(root).map((part) => `${part}/`).join("");
}
function quote(value) {
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
}
function list(words) {
  return `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

// src/report/job-summary.ts
var largestSummary = 1e6;
function renderJobSummary(input, context) {
  const { policyFile, annotationsLeftOut } = context;
  const page = { ...context, runUrl: null };
  return joinSections(
    composeReport(input, { context: page, policyFile, annotationsLeftOut, detail: "long" }),
    {
      limit: largestSummary,
      sizeOf: (text2) => Buffer.byteLength(text2, "utf8"),
      elsewhere: "the JSON report has them"
    }
  );
}

// src/report/pr-comment.ts
var longestBody = 65e3;
function renderPrComment(input, context) {
  const { commentKey, policyFile, annotationsLeftOut } = context;
  const composition = { context, policyFile, annotationsLeftOut, detail: "short" };
  const mark = commentMark(commentKey);
  const body = joinSections(composeReport(input, composition), {
    limit: longestBody - mark.length - 1,
    sizeOf: (text2) => text2.length,
    elsewhere: context.runUrl === null ? "the job summary has them" : link("the job summary has them", context.runUrl)
  });
  return `${mark}
${body}`;
}
function commentMark(commentKey) {
  return `${markOf(commentKey)} -->`;
}
function isOurComment(body, commentKey) {
  return body.startsWith(`${markOf(commentKey)} `);
}
function markOf(commentKey) {
  return `<!-- express-gate:comment key="${escapeCommentKey(commentKey)}"`;
}

// src/report/publish-file.ts
import { randomUUID as randomUUID2 } from "node:crypto";
import { mkdir, realpath, rename, rm, writeFile as writeFile2 } from "node:fs/promises";
import { dirname, join as join2, resolve as resolve2 } from "node:path";
async function writeReportFile(file, base, text2) {
  const target = resolve2(base, file);
  const folder = dirname(target);
  try {
    if (isInside(target, base) && !isInside(await realFolder(folder), await realpath(base))) {
      throw new Error("a symbolic link leads it out of the workspace");
    }
    await mkdir(folder, { recursive: true });
    const draft = join2(folder, `.express-gate-${randomUUID2()}`);
    try {
      await writeFile2(draft, text2, { flag: "wx" });
      await rename(draft, target);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
  } catch (error) {
    const code = error.code;
    throw code === void 0 ? error : new Error(`it cannot be written (${code})`);
  }
}
async function realFolder(folder) {
  try {
    return await realpath(folder);
  } catch (error) {
    const parent = dirname(folder);
    if (error.code !== "ENOENT" || parent === folder) throw error;
    return realFolder(parent);
  }
}

// src/report/publish-requests.ts
import { setTimeout as sleep } from "node:timers/promises";
var ordinaryPatience = {
  requestMs: 1e4,
  totalMs: 6e4,
  attempts: 3,
  pauseMs: 500,
  longestWaitMs: 2e4
};
var Refusal = class extends Error {
  /** The HTTP status, or null where no answer came. */
  status;
  constructor(message, status) {
    super(message);
    this.name = "Refusal";
    this.status = status;
  }
  /** True where the request may have taken effect although no success was reported. */
  get uncertain() {
    return this.status === null || this.status >= 500;
  }
};
var Requests = class {
  #patience;
  #readOnly;
  #deadline;
  constructor(patience, readOnly) {
    this.#patience = patience;
    this.#readOnly = readOnly;
    this.#deadline = performance.now() + patience.totalMs;
  }
  /**
   * Calls `once` until it succeeds or there is no point any more. `repeatable: false`: a fault that may hide a success is not tried again.
   * @throws Refusal
   */
  async send(once, repeatable = true) {
    for (let attempt = 1; ; attempt++) {
      try {
        return await once(AbortSignal.timeout(Math.min(this.#patience.requestMs, this.#left())));
      } catch (error) {
        const failure = readFailure(error);
        const wait = attempt < this.#patience.attempts ? this.#waitAfter(failure, attempt, repeatable) : null;
        if (wait === null || wait >= this.#left()) {
          throw new Refusal(explain(failure, this.#readOnly), failure.status);
        }
        await sleep(wait);
      }
    }
  }
  /** Waits as after the `attempt`-th fault of a request, for what may only be tried again after another look. */
  async pause(attempt) {
    await sleep(Math.min(this.#pauseAfter(attempt), this.#left()));
  }
  #pauseAfter(attempt) {
    return this.#patience.pauseMs * 2 ** (attempt - 1) * (0.75 + Math.random() / 2);
  }
  #left() {
    return Math.max(1, Math.round(this.#deadline - performance.now()));
  }
  /** Milliseconds to wait before the next attempt, or null where there should be none. */
  #waitAfter(failure, attempt, repeatable) {
    const asked = Number(failure.headers["retry-after"] ?? Number.NaN) * 1e3;
    if (isSecondaryLimit(failure)) return asked <= this.#patience.longestWaitMs ? asked : null;
    const faulty = failure.status === null || failure.status >= 500 || failure.status === 409;
    if (!faulty || !repeatable) return null;
    if (asked > this.#patience.longestWaitMs) return null;
    const pause = this.#pauseAfter(attempt);
    return Number.isNaN(asked) ? pause : Math.max(asked, pause);
  }
};
function readFailure(error) {
  const { status, response } = error;
  const said = response?.data?.message;
  const message = typeof said === "string" ? said : error instanceof Error ? error.message : String(error);
  return {
    status: response === void 0 || status === void 0 ? null : status,
    headers: response?.headers ?? {},
    // Of what the other end says, a line is enough.
    message: message.replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim().slice(0, 200)
  };
}
function isPrimaryLimit({ status, headers }) {
  return (status === 403 || status === 429) && headers["x-ratelimit-remaining"] === "0" && headers["retry-after"] === void 0;
}
function isSecondaryLimit({ status, headers, message }) {
  return status === 429 || status === 403 && (headers["retry-after"] !== void 0 || /secondary rate limit|abuse/i.test(message));
}
function explain(failure, readOnly) {
  const { status, headers, message } = failure;
  if (status === null) return `GitHub could not be reached (${message})`;
  if (isPrimaryLimit(failure)) {
    const reset = new Date(Number(headers["x-ratelimit-reset"]) * 1e3);
    const until = Number.isNaN(reset.getTime()) ? "" : ` until ${reset.toISOString().slice(0, 16).replace("T", " ")} UTC`;
    return `the rate limit of this token is used up${until}`;
  }
  if (isSecondaryLimit(failure)) {
    const seconds = Number(headers["retry-after"]);
    const wait = Number.isFinite(seconds) && seconds > 0 ? `for ${seconds} seconds` : "for at least a minute";
    return `GitHub asks this token to pause ${wait} (secondary rate limit)`;
  }
  switch (status) {
    case 401:
      return "GitHub did not accept the token (401): leave github-token out to use the one of the job, or give one that has not expired";
    case 403:
      return explainForbidden(message, readOnly);
    case 404:
      return "GitHub shows this token no such pull request (404): give the job `permissions: pull-requests: write`, or a github-token that may see this repository";
    case 410:
      return "GitHub says that this conversation is gone (410)";
    case 422:
      return `GitHub did not take the text (422: ${message})`;
    default:
      return status >= 500 ? `GitHub is in trouble (${status})` : `GitHub answered ${status}: ${message}`;
  }
}
function explainForbidden(message, readOnly) {
  if (/locked/i.test(message)) return "the conversation of this pull request is locked";
  if (readOnly === "fork") {
    return "this pull request comes from a fork, and GitHub gives its workflow runs a token that can only read (403)";
  }
  const grant = "give the job `permissions: pull-requests: write`";
  if (readOnly === "dependabot") {
    return `Dependabot started this run, and its token can only read unless the workflow says otherwise (403): ${grant}`;
  }
  return `the token may not write to pull requests (403: ${message}): ${grant}`;
}

// src/report/publish-github.ts
var pageLimit = 30;
var roundLimit = 4;
async function publishComment(place, text2, patience = ordinaryPatience) {
  try {
    const { getOctokit } = await import("./chunks/github-ZOIZFO4B.js");
    const octokit = getOctokit(place.token, {
      baseUrl: place.apiUrl,
      userAgent: "express-gate",
      log: silent
    });
    return await new Conversation(place, octokit, new Requests(patience, place.readOnly)).bringUpToDate(text2);
  } catch (error) {
    return { kind: "unpublished", reason: error instanceof Error ? error.message : String(error) };
  }
}
var silent = { debug() {
}, info() {
}, warn() {
}, error() {
} };
var Conversation = class {
  #place;
  #octokit;
  #requests;
  #issue;
  constructor(place, octokit, requests) {
    this.#place = place;
    this.#octokit = octokit;
    this.#requests = requests;
    this.#issue = { owner: place.owner, repo: place.repository, issue_number: place.pullNumber };
  }
  /**
   * Two runs at once may both find nothing and both create. So a creator looks again, and whoever sees several does the same: the oldest
   * comment gets the newest run's text, the others go. However the runs interleave, one comment is left.
   */
  async bringUpToDate(text2) {
    const body = `${text2.body.trimEnd()}
${runMark(this.#place.run)}
`;
    let created = null;
    let problem = null;
    for (let round = 1; round <= roundLimit; round++) {
      const [first, ...younger] = await this.#findOwn(text2.key, created);
      try {
        if (first === void 0) {
          if (!text2.create) return { kind: "none" };
          created = await this.#create(body);
          continue;
        }
        const newest = newestText(this.#place.run, body, [first, ...younger]);
        const stale = plain(first.body) !== plain(newest);
        if (stale) await this.#rewrite(first.id, newest);
        for (const comment of younger) await this.#remove(comment.id);
        if (newest !== body) return { kind: "superseded", url: first.url };
        const ours = created === null ? problem?.uncertain === true && !stale : first.id === created.id;
        return { kind: ours ? "created" : stale ? "updated" : "unchanged", url: first.url };
      } catch (error) {
        const vanished = first !== void 0 && error instanceof Refusal && error.status === 404;
        if (!(error instanceof Refusal) || !(vanished || first === void 0 && error.uncertain))
          throw error;
        problem = error;
        created = null;
        if (error.uncertain) await this.#requests.pause(round);
      }
    }
    throw problem ?? new Refusal("the comment changed each time it was looked at", null);
  }
  /** Our comments, oldest first. `created` counts although a listing may not show it yet. */
  async #findOwn(key, created) {
    const marked = (await this.#list()).filter((comment) => isOurComment(comment.body, key));
    if (created !== null && !marked.some(({ id }) => id === created.id)) marked.push(created);
    if (marked.length === 0) return [];
    const self = created?.author?.id ?? await this.#ownAccount();
    const own = self === null ? byOneBot(marked) : marked.filter(({ author }) => author?.id === self);
    return own.sort((a, b) => a.id - b.id);
  }
  async #list() {
    const comments = [];
    for (let page = 1; page <= pageLimit; page++) {
      const { data } = await this.#requests.send(
        (signal) => this.#octokit.rest.issues.listComments({ ...this.#issue, per_page: 100, page, request: { signal } })
      );
      comments.push(...data.map(readComment));
      if (data.length < 100) break;
    }
    return comments;
  }
  /**
   * The id of the account that this token writes as, or null where GitHub does not tell: installation tokens (`ghs_`, GITHUB_TOKEN among
   * them) may not ask.
   */
  async #ownAccount() {
    if (this.#place.token.startsWith("ghs_")) return null;
    try {
      const { data } = await this.#requests.send(
        (signal) => this.#octokit.rest.users.getAuthenticated({ request: { signal } })
      );
      return data.id;
    } catch (error) {
      if (error instanceof Refusal && (error.status === 403 || error.status === 404)) return null;
      throw error;
    }
  }
  async #create(body) {
    const { data } = await this.#requests.send(
      (signal) => this.#octokit.rest.issues.createComment({ ...this.#issue, body, request: { signal } }),
      false
    );
    return readComment(data);
  }
  async #rewrite(id, body) {
    const { owner, repo } = this.#issue;
    await this.#requests.send(
      (signal) => this.#octokit.rest.issues.updateComment({ owner, repo, comment_id: id, body, request: { signal } })
    );
  }
  /** A duplicate that stays is removed by the next run: not worth a warning. */
  async #remove(id) {
    const { owner, repo } = this.#issue;
    await this.#requests.send(
      (signal) => this.#octokit.rest.issues.deleteComment({ owner, repo, comment_id: id, request: { signal } })
    ).catch((error) => {
      if (!(error instanceof Refusal)) throw error;
    });
  }
};
function byOneBot(marked) {
  const bots = marked.filter(({ author }) => author?.type === "Bot");
  const chosen = bots.find(({ author }) => author?.login === "github-actions[bot]") ?? bots[0];
  return bots.filter(({ author }) => author?.id === chosen?.author?.id);
}
function newestText(run, body, comments) {
  let newest = { run, body };
  for (const comment of comments) {
    const shown = readRunMark(comment.body);
    if (shown !== null && isLater(shown, newest.run)) newest = { run: shown, body: comment.body };
  }
  return newest.body;
}
function isLater(a, b) {
  return a.id !== b.id ? a.id > b.id : a.attempt > b.attempt;
}
function runMark({ id, attempt, commit }) {
  return `<!-- express-gate-run ${id}.${attempt} ${commit} -->`;
}
function readRunMark(body) {
  const found = /<!-- express-gate-run (\d{1,15})\.(\d{1,6}) ([0-9a-f]*) -->\s*$/.exec(body);
  return found === null ? null : { id: Number(found[1]), attempt: Number(found[2]), commit: found[3] };
}
function plain(body) {
  return body.replaceAll("\r\n", "\n").trim();
}
function readComment(data) {
  return { id: data.id, body: data.body ?? "", url: data.html_url, author: data.user };
}

// src/action.ts
var title = "express-gate";
var verdictStands = "The verdict stands: the exit code, the annotations and the job summary say it.";
async function main() {
  const inputs = readActionInputs(process.env, (/* @__PURE__ */ new Date()).toISOString().slice(0, 10));
  const report = await judge(inputs);
  process.exitCode = exitCode(report.verdict.verdict);
  await publishAll(report, inputs).catch(afterVerdict);
  say(lastWords(report.verdict));
}
async function publishAll(report, inputs) {
  const { verdict } = report;
  const { annotations, commentKey } = inputs.publish;
  const { pathPrefix } = inputs.github;
  writeOutputs(verdict);
  process.stdout.write(renderGithub(report, { pathPrefix, annotations }));
  const annotationsLeftOut = annotations ? selectAnnotations(report, { pathPrefix }).leftOut : 0;
  const context = {
    ...linksOf(inputs.github),
    policyFile: verdict.policy.file,
    annotationsLeftOut
  };
  await writeSummary(renderJobSummary(report, context));
  output("report-file", await writeReport(report, inputs));
  const body = () => renderPrComment(report, { ...context, commentKey });
  output("comment-url", await writeComment(inputs, verdict, body));
}
async function judge({ request, github }) {
  try {
    const { verdict, snapshot } = await runGate(request, () => performance.now());
    if (verdict.verdict === "incomplete") annotate("error", verdict.incompleteBecause.join("\n"));
    return { verdict, files: snapshot.files, version };
  } catch (error) {
    const known = error instanceof InputError;
    const reason = known ? error.describe() : unexpected(error);
    const place = known ? error : { file: null, line: null };
    const file = place.file === null || isAbsolute2(place.file) ? "" : posix.join(github.pathPrefix, place.file);
    annotate("error", reason, { file, line: place.line ?? 0 });
    return { verdict: couldNotJudge(reason), files: /* @__PURE__ */ new Map(), version };
  }
}
function couldNotJudge(reason) {
  const none = {
    critical: 0,
    high: 0,
    moderate: 0,
    low: 0,
    new: 0,
    unchanged: 0,
    fixed: 0,
    waived: 0,
    blocking: 0
  };
  return {
    verdict: "incomplete",
    incompleteBecause: [reason],
    counts: none,
    findings: [],
    fixed: [],
    undecided: [],
    checks: [],
    projects: [],
    policy: { file: null, failOn: "high", scope: "all", notes: [] },
    compared: false
  };
}
function linksOf({
  serverUrl,
  owner,
  repository,
  commit,
  runId,
  runAttempt,
  pathPrefix
}) {
  const repositoryUrl = `${serverUrl}/${owner}/${repository}`;
  const attempt = runAttempt > 1 ? `/attempts/${runAttempt}` : "";
  const runUrl = runId > 0 ? `${repositoryUrl}/actions/runs/${runId}${attempt}` : null;
  return { repositoryUrl, commit, pathPrefix, runUrl };
}
async function writeSummary(text2) {
  if (!process.env.GITHUB_STEP_SUMMARY) return;
  try {
    await summary.addRaw(text2, true).write();
  } catch (error) {
    annotate("warning", `The job summary was not written: ${messageOf(error)}`);
  }
}
async function writeReport(report, { publish, github }) {
  if (publish.reportFile === null) return "";
  try {
    await writeReportFile(publish.reportFile, github.workspace, renderJson(report));
    return publish.reportFile;
  } catch (error) {
    annotate(
      "warning",
      `The report file ${publish.reportFile} was not written: ${messageOf(error)}. ${verdictStands}`
    );
    return "";
  }
}
function writeOutputs({ verdict, findings, counts }) {
  output("verdict", verdict);
  output("findings", findings.filter(({ outcome }) => outcome !== "waived").length);
  output("new-findings", counts.new);
  output("blocking", counts.blocking);
}
function output(name, value) {
  try {
    setOutput(name, value);
  } catch (error) {
    annotate("warning", `The output ${name} was not set: ${messageOf(error)}`);
  }
}
async function writeComment(inputs, verdict, body) {
  const { publish, github } = inputs;
  const { comment, token } = publish;
  const isPullRequest = /^pull_request(?:_target)?$/.test(github.eventName);
  if (comment === "never" || !isPullRequest) return "";
  const create = comment === "always" || verdict.verdict !== "pass" || comment === "on-findings" && verdict.findings.some(isListed);
  const unwritten = (reason) => {
    annotate("warning", `The comment on the pull request was not written: ${reason}. ${verdictStands}`);
    return "";
  };
  const { pullRequest } = github;
  const obstacle = commentObstacle(inputs);
  if (obstacle !== null || pullRequest === null || token === null) {
    return create && obstacle !== null ? unwritten(obstacle) : "";
  }
  const readOnly = pullRequest.fromFork ? "fork" : github.startedByDependabot ? "dependabot" : null;
  const run = { id: github.runId, attempt: github.runAttempt, commit: github.commit };
  const outcome = await publishComment(
    {
      apiUrl: github.apiUrl,
      token,
      owner: github.owner,
      repository: github.repository,
      pullNumber: pullRequest.number,
      run,
      readOnly: github.eventName === "pull_request" ? readOnly : null
    },
    { key: publish.commentKey, body: body(), create }
  );
  switch (outcome.kind) {
    case "none":
      return "";
    case "unpublished":
      return unwritten(outcome.reason);
    case "superseded":
      say(`The comment shows a newer run and stays as it is: ${outcome.url}`);
      return outcome.url;
    default:
      say(`Comment ${outcome.kind}: ${outcome.url}`);
      return outcome.url;
  }
}
function commentObstacle({ publish, github }) {
  if (github.pullRequest === null) return "the event of this run does not say which pull request it is of";
  if (publish.token === null) return "the input github-token is empty";
  const { fromFork, private: hidden } = github.pullRequest;
  if (github.eventName === "pull_request" && fromFork && !hidden) {
    return "this pull request comes from a fork, and GitHub gives its workflow runs a token that can only read";
  }
  return null;
}
function lastWords({ verdict, counts, policy, incompleteBecause }) {
  switch (verdict) {
    case "pass":
      return `${title}: pass (exit code 0), because nothing blocks.`;
    case "fail":
      return `${title}: fail (exit code 1), because ${count(counts.blocking, findingNoun)} ${counts.blocking === 1 ? "reaches" : "reach"} the threshold (fail-on: ${policy.failOn}).`;
    case "incomplete":
      return `${title}: incomplete (exit code 2), because it could not judge. ${incompleteBecause.join(" ")}`;
  }
}
function say(line) {
  process.stdout.write(`${terminalLine(line)}
`);
}
function annotate(level, message, place = {}) {
  process.stdout.write(`${formatWorkflowCommand(level, { ...place, title }, message)}
`);
}
function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}
function unexpected(error) {
  const { EXPRESS_GATE_DEBUG, RUNNER_DEBUG } = process.env;
  if ((EXPRESS_GATE_DEBUG || RUNNER_DEBUG === "1") && error instanceof Error) {
    process.stdout.write(`${protectLog(error.stack ?? "")}
`);
  }
  return terminalLine(
    `express-gate ${version} failed unexpectedly: ${messageOf(error)}. This is a fault of express-gate: please report it, with the log of a run with debug logging.`
  );
}
function giveUp(error) {
  const reason = error instanceof InputError ? error.describe() : unexpected(error);
  process.exitCode = 2;
  annotate("error", reason);
  output("verdict", "incomplete");
  say(`${title}: incomplete (exit code 2), because it could not judge. ${reason}`);
}
function afterVerdict(error) {
  annotate("warning", `${unexpected(error)} ${verdictStands}`);
}
process.on("uncaughtException", (error) => (process.exitCode === void 0 ? giveUp : afterVerdict)(error));
await main().catch(giveUp);
