import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);
import {
  allAnnotations,
  renderGithub,
  selectAnnotations
} from "./chunks/chunk-VOFB5YDI.js";
import {
  renderJson
} from "./chunks/chunk-3XMVKG7J.js";
import {
  renderSarif
} from "./chunks/chunk-CH5OPTMS.js";
import "./chunks/chunk-U3VM4W7P.js";
import {
  parsePatch,
  rules,
  runGate
} from "./chunks/chunk-3I2EFZ5E.js";
import "./chunks/chunk-DADMSIO2.js";
import "./chunks/chunk-MZQ62ETL.js";
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
  Refusal,
  Requests,
  connect,
  isCommentWanted,
  ordinaryPatience,
  ownAccount,
  publishComment,
  renderPrComment,
  writtenBy
} from "./chunks/chunk-6FIAM5EY.js";
import {
  formatWorkflowCommand,
  protectLog
} from "./chunks/chunk-H43EHEB2.js";
import {
  isRecord
} from "./chunks/chunk-GK7RS3HO.js";
import {
  composeReport,
  joinSections
} from "./chunks/chunk-3MQYZDAM.js";
import "./chunks/chunk-VYFI3PRU.js";
import "./chunks/chunk-5EY6ZPLM.js";
import "./chunks/chunk-RRJOMCEA.js";
import {
  codeFence,
  count,
  escapeCommentKey,
  escapeProse,
  escapeText,
  findingNoun,
  headline,
  isListed,
  link
} from "./chunks/chunk-ULPUCS3L.js";
import "./chunks/chunk-H3WA7JIE.js";
import {
  InputError
} from "./chunks/chunk-UNS75AM4.js";
import {
  terminalLine,
  visibleLine,
  visibleText
} from "./chunks/chunk-4GJY7B2F.js";
import {
  severities
} from "./chunks/chunk-S2OK2AFU.js";
import "./chunks/chunk-UVS7RJ5N.js";
import "./chunks/chunk-6EGSBLDA.js";
import "./chunks/chunk-JNHDRYHW.js";
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
      suggestions: readBoolean("suggestions", read("suggestions"), false),
      reportFile: read("report-file") || null,
      sarifFile: read("sarif-file") || null,
      token
    },
    github
  };
}
function refuseUnbuilt(read) {
  const asked = [["probe-url", read("probe-url") !== ""]];
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
  const written = resolve(workspace, value || ".");
  if (isInside(written, workspace) && written.toLowerCase() !== directory.toLowerCase()) {
    throw new InputError(
      `The input working-directory is ${quote(value)}, which goes through a symbolic link: name the directory itself.`
    );
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
      base: {
        kind: "pull-request",
        head: headCommit,
        base: baseCommit,
        trusted,
        merge: environment.GITHUB_SHA ?? ""
      },
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

// src/report/check-run.ts
var largestSummary = 65e3;
var longestTitle = 255;
var mostAnnotations = 1e3;
function renderCheckRun(input, context) {
  const { verdict } = input;
  const { commentKey, policyFile, pathPrefix, runUrl } = context;
  const annotations = allAnnotations(input, { pathPrefix });
  const shown = annotations.slice(0, mostAnnotations);
  const leftOut = annotations.length - shown.length;
  const composition = { context, policyFile, annotationsLeftOut: 0, detail: "short" };
  return {
    name: checkRunName(commentKey),
    conclusion: conclusions[verdict.verdict],
    title: visibleLine(headline(verdict, verdict.findings.filter(isListed)), longestTitle),
    summary: joinSections(composeReport(input, composition), {
      limit: largestSummary,
      sizeOf: (text2) => Buffer.byteLength(text2, "utf8"),
      elsewhere: runUrl === null ? "the job summary has them" : link("the job summary has them", runUrl)
    }),
    annotations: shown.map(toCheckAnnotation),
    leftOut
  };
}
function checkRunName(commentKey) {
  return commentKey === "" ? "express-gate findings" : `express-gate findings (${commentKey})`;
}
var conclusions = {
  pass: "success",
  fail: "failure",
  incomplete: "failure"
};
var levels = { error: "failure", warning: "warning", notice: "notice" };
function toCheckAnnotation({
  level,
  file,
  line,
  column,
  endLine,
  endColumn,
  title: title2,
  message
}) {
  return {
    path: file,
    start_line: line,
    end_line: endLine,
    ...line === endLine ? { start_column: column, end_column: endColumn } : {},
    annotation_level: levels[level],
    title: title2,
    message
  };
}

// src/report/job-summary.ts
var largestSummary2 = 1e6;
function renderJobSummary(input, context) {
  const { policyFile, annotationsLeftOut } = context;
  const page = { ...context, runUrl: null };
  return joinSections(
    composeReport(input, { context: page, policyFile, annotationsLeftOut, detail: "long" }),
    {
      limit: largestSummary2,
      sizeOf: (text2) => Buffer.byteLength(text2, "utf8"),
      elsewhere: "the JSON report has them"
    }
  );
}

// src/report/publish-check-run.ts
var annotationsPerRequest = 50;
async function publishCheckRun(place, run, patience = ordinaryPatience) {
  const { name, conclusion, title: title2, summary: summary2, annotations } = run;
  const { owner, repository: repo, commit: head_sha } = place;
  try {
    const { rest } = await connect(place);
    const requests = new Requests(patience, place.readOnly, {
      noun: "check run",
      permission: "checks: write"
    });
    const { data } = await requests.send(
      (signal) => rest.checks.create({
        owner,
        repo,
        name,
        head_sha,
        status: "completed",
        conclusion,
        output: { title: title2, summary: summary2, annotations: annotations.slice(0, annotationsPerRequest) },
        request: { signal }
      }),
      false
    );
    let shown = Math.min(annotations.length, annotationsPerRequest);
    const published = (reason) => ({
      kind: "published",
      url: data.html_url ?? data.url,
      annotations: shown,
      reason
    });
    try {
      while (shown < annotations.length) {
        const more = annotations.slice(shown, shown + annotationsPerRequest);
        await requests.send(
          (signal) => rest.checks.update({
            owner,
            repo,
            check_run_id: data.id,
            status: "completed",
            conclusion,
            output: { title: title2, summary: summary2, annotations: more },
            request: { signal }
          }),
          false
        );
        shown += more.length;
      }
    } catch (error) {
      if (error instanceof Refusal) return published(error.message);
      throw error;
    }
    return published(null);
  } catch (error) {
    const forbidden = error instanceof Refusal && [403, 404].includes(error.status ?? 0) && !error.limited;
    if (forbidden) return { kind: "forbidden" };
    return { kind: "unpublished", reason: error instanceof Error ? error.message : String(error) };
  }
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

// src/report/corrected-lines.ts
var disputedBreak = /\r(?!\n)|[\u2028\u2029]/;
function linesOf(text2) {
  return disputedBreak.test(text2) ? null : splitLines(text2);
}
function correctLines(lines, edits) {
  const first = Math.min(...edits.map(({ start }) => start.line));
  const last = Math.max(...edits.map(({ end }) => end.line));
  if (!(first >= 1 && last <= lines.length)) return null;
  const old = lines.slice(first - 1, last);
  const starts = [0];
  for (const line of old) starts.push(starts.at(-1) + line.length);
  const offsetOf = ({ line, column }) => {
    const length = old[line - first]?.replace(/\r?\n$/, "").length ?? -1;
    return column >= 1 && column <= length + 1 ? starts[line - first] + column - 1 : Number.NaN;
  };
  const distinct = /* @__PURE__ */ new Map();
  for (const { start, end, text: by } of edits) {
    const from = offsetOf(start);
    const to = offsetOf(end);
    if (!(from <= to)) return null;
    distinct.set(JSON.stringify([from, to, by]), { from, to, by });
  }
  const text2 = old.join("");
  let at = 0;
  let corrected = "";
  for (const { from, to, by } of [...distinct.values()].sort((a, b) => a.from - b.from || a.to - b.to)) {
    if (from < at) return null;
    corrected += text2.slice(at, from) + by;
    at = to;
  }
  return narrow(first, old, splitLines(corrected + text2.slice(at)));
}
function narrow(first, old, corrected) {
  const most = Math.min(old.length - 1, corrected.length);
  let before = 0;
  while (before < most && old[before] === corrected[before]) before++;
  let after = 0;
  while (after < most - before && old.at(-1 - after) === corrected.at(-1 - after)) after++;
  const text2 = corrected.slice(before, corrected.length - after).join("");
  if (text2 === old.slice(before, old.length - after).join("")) return null;
  return { first: first + before, last: first + old.length - 1 - after, text: text2 };
}
function splitLines(text2) {
  return text2.match(/[^\n]*\n|[^\n]+/g) ?? [];
}

// src/report/diff-hunks.ts
function readHunks(patch) {
  try {
    return parsePatch(patch).flatMap(
      ({ hunks }) => hunks.map(({ newStart, lines }) => ({
        start: newStart,
        lines: lines.filter((line) => /^[ +]/.test(line)).map((line) => withoutEnd(line.slice(1)))
      }))
    );
  } catch {
    return [];
  }
}
var mostComparisons = 1e7;
function findHunks(hunks, textLines) {
  const own = textLines.map(withoutEnd);
  const size = hunks.reduce((sum, { lines }) => sum + lines.length, 0);
  const isSearched = size * own.length <= mostComparisons;
  return hunks.map(({ start, lines }) => {
    const stands = (at) => lines.every((line, index) => own[at - 1 + index] === line);
    if (lines.length === 0) return null;
    if (stands(start)) return start;
    if (!isSearched) return null;
    let found = null;
    for (let at = 1; at + lines.length - 1 <= own.length; at++) {
      if (!stands(at)) continue;
      if (found !== null) return null;
      found = at;
    }
    return found;
  });
}
function withoutEnd(line) {
  return line.replace(/\r?\n?$/, "");
}

// src/report/suggestions.ts
var mostSuggestions = 20;
var findingsTold = 5;
var longestBody = 65e3;
function correctableFindings({ verdict, files }) {
  return verdict.findings.filter(({ status, outcome, fix }) => {
    const file = fix?.edits[0]?.file;
    if (file === void 0 || !files.has(file)) return false;
    return status !== "unchanged" && outcome !== "waived" && fix.edits.every((edit) => edit.file === file);
  }).sort((a, b) => Number(b.outcome === "block") - Number(a.outcome === "block"));
}
function correctedPath({ fix }, pathPrefix) {
  return `${pathPrefix}${fix.edits[0].file}`;
}
function suggestCorrections(findings, files, patches, context) {
  const suggestions = [];
  const placed = /* @__PURE__ */ new Map();
  for (const finding of findings) {
    const { edits } = finding.fix;
    const { file } = edits[0];
    if (!placed.has(file)) {
      const patch = patches.get(correctedPath(finding, context.pathPrefix));
      placed.set(file, placeFile(files.get(file).text, patch));
    }
    const text2 = placed.get(file);
    const lines = text2 && correctLines(text2.lines, edits);
    const place = lines && placeOf(text2, lines);
    if (!text2 || !lines || !place) continue;
    const met = suggestions.filter((other) => other.file === file && isOverlap(other.lines, lines));
    const joined = join3(text2, [...met, { file, findings: [finding], edits, lines, place }]);
    if (joined === null) continue;
    const at = met[0] === void 0 ? suggestions.length : suggestions.indexOf(met[0]);
    suggestions.splice(at, met.length === 0 ? 0 : 1, joined);
    for (const other of met.slice(1)) suggestions.splice(suggestions.indexOf(other), 1);
  }
  const comments = suggestions.map((suggestion) => renderSuggestion(suggestion, context)).filter(({ body }) => body.length <= longestBody);
  return {
    comments: comments.slice(0, mostSuggestions),
    later: Math.max(0, comments.length - mostSuggestions)
  };
}
function suggestedFingerprints(body, commentKey) {
  const begin = markBegin(commentKey);
  if (!body.startsWith(begin)) return [];
  const end = body.indexOf('"', begin.length);
  return end < 0 ? [] : body.slice(begin.length, end).split(" ");
}
function markedFingerprint({ fingerprint }) {
  return escapeCommentKey(fingerprint);
}
function renderReviewBody(comments) {
  const noun = ["correction", "corrections"];
  return `express-gate proposes ${count(comments, noun)}, to be committed with one click or left alone.`;
}
function placeFile(text2, patch) {
  const lines = patch === void 0 ? null : linesOf(text2);
  if (lines === null) return null;
  const hunks = readHunks(patch);
  const starts = findHunks(hunks, lines);
  return {
    lines,
    hunks: hunks.flatMap((hunk, index) => {
      const first = starts[index] ?? null;
      return first === null ? [] : [{ first, last: first + hunk.lines.length - 1, shift: first - hunk.start }];
    })
  };
}
function placeOf({ lines, hunks }, { first, last, text: corrected }) {
  const place = hunks.find((hunk) => hunk.first <= first && last <= hunk.last);
  if (place === void 0) return null;
  const isPlain = [...lines.slice(first - 1, last), corrected].every((each) => {
    const plain = each.replace(/[\t\n]|\r(?=\n|$)/g, "");
    return visibleText(plain) === plain && !plain.includes("�");
  });
  return isPlain ? place : null;
}
function isOverlap(a, b) {
  return a.first <= b.last && b.first <= a.last;
}
function join3({ lines: textLines }, parts) {
  const edits = parts.flatMap((part) => part.edits);
  const lines = correctLines(textLines, edits);
  return lines && { ...parts[0], findings: parts.flatMap(({ findings }) => findings), edits, lines };
}
function renderSuggestion({ file, findings, lines, place: { shift } }, context) {
  const { first, last, text: text2 } = lines;
  const begin = first < last ? { start_line: first - shift, start_side: "RIGHT" } : {};
  return {
    path: `${context.pathPrefix}${file}`,
    side: "RIGHT",
    line: last - shift,
    ...begin,
    body: renderBody(findings, text2, context.commentKey)
  };
}
function renderBody(findings, text2, commentKey) {
  const mark = `${markBegin(commentKey)}${findings.map(markedFingerprint).join(" ")}" -->`;
  const told = findings.slice(0, findingsTold).map(({ ruleId, url, severity, outcome, message }) => {
    const weight = outcome === "block" ? `${severity}, blocks` : severity;
    return `**${link(escapeText(ruleId), url)}** (${weight}): ${escapeProse(message)}`;
  });
  const rest = findings.length - told.length;
  const more = rest > 0 ? [`And ${rest} more on these lines.`] : [];
  const fence = codeFence(text2);
  const content = text2 === "" || text2.endsWith("\n") ? text2 : `${text2}
`;
  return `${mark}
${[...told, ...more].join("\n\n")}

${fence}suggestion
${content}${fence}
`;
}
function markBegin(commentKey) {
  return `<!-- express-gate:suggestion key="${escapeCommentKey(commentKey)}" findings="`;
}

// src/report/publish-suggestions.ts
var filePages = 30;
var commentPages = 100;
var roundLimit = 3;
var reviewLimit = 12;
async function publishSuggestions(place, input, context, patience = ordinaryPatience) {
  const findings = correctableFindings(input);
  if (findings.length === 0) return { kind: "none" };
  try {
    const octokit = await connect(place);
    const requests = new Requests(patience, place.readOnly);
    return await new Review(place, octokit, requests).propose(findings, input.files, context);
  } catch (error) {
    return { kind: "unpublished", reason: error instanceof Error ? error.message : String(error) };
  }
}
var Review = class {
  #place;
  #octokit;
  #requests;
  #pull;
  constructor(place, octokit, requests) {
    this.#place = place;
    this.#octokit = octokit;
    this.#requests = requests;
    this.#pull = { owner: place.owner, repo: place.repository, pull_number: place.pullNumber };
  }
  async propose(findings, files, context) {
    const paths = new Set(findings.map((finding) => correctedPath(finding, context.pathPrefix)));
    const patches = await this.#patches(paths);
    let problem = null;
    for (let round = 1; round <= roundLimit; round++) {
      if (suggestCorrections(findings, files, patches, context).comments.length === 0) break;
      const proposed = await this.#proposed(context.commentKey);
      const open = findings.filter((finding) => !proposed.has(markedFingerprint(finding)));
      const { comments, later } = suggestCorrections(open, files, patches, context);
      if (comments.length === 0) break;
      try {
        const { reviews, ...sent } = await this.#send(comments);
        await this.#removeRepeated(reviews, context.commentKey);
        return { kind: "published", later, ...sent };
      } catch (error) {
        if (!(error instanceof Refusal && error.uncertain)) throw error;
        problem = error;
        await this.#requests.pause(round);
        if (round === roundLimit) throw problem;
      }
    }
    return { kind: "none" };
  }
  /**
   * The patches of `paths`; a file without one is too large, binary, or not in the pull request. Where somebody has pushed meanwhile, they are of
   * another head: its lines may have other numbers, and its own run will propose what is to be proposed.
   */
  async #patches(paths) {
    const patches = /* @__PURE__ */ new Map();
    const missing = new Set(paths);
    for (let page = 1; page <= filePages && missing.size > 0; page++) {
      const { data } = await this.#requests.send(
        (signal) => this.#octokit.rest.pulls.listFiles({ ...this.#pull, per_page: 100, page, request: { signal } })
      );
      for (const { filename, patch, contents_url: address } of data) {
        if (!missing.delete(filename) || patch === void 0) continue;
        const head = /[?&]ref=([0-9a-f]{40,64})$/.exec(address)?.[1] ?? this.#place.commit;
        if (head === this.#place.commit) patches.set(filename, patch);
      }
      if (data.length < 100) break;
    }
    return patches;
  }
  /** The fingerprints that comments of ours are about, whatever has become of them: resolved, outdated, answered. */
  async #proposed(commentKey) {
    return new Set((await this.#own(commentKey)).flatMap(({ fingerprints }) => fingerprints));
  }
  /** Our comments, oldest first. */
  async #own(commentKey) {
    const marked = [];
    for (let page = 1; page <= commentPages; page++) {
      const { data } = await this.#requests.send(
        (signal) => this.#octokit.rest.pulls.listReviewComments({
          ...this.#pull,
          per_page: 100,
          page,
          request: { signal }
        })
      );
      for (const { id, pull_request_review_id: review, user: author, body } of data) {
        const fingerprints = suggestedFingerprints(body, commentKey);
        if (fingerprints.length > 0) marked.push({ id, review, author, fingerprints });
      }
      if (data.length < 100) break;
    }
    if (marked.length === 0) return [];
    const account = await ownAccount(this.#place.token, this.#octokit, this.#requests);
    return writtenBy(account, marked).sort((a, b) => a.id - b.id);
  }
  /**
   * Two runs at once may both find nothing and both propose. So each looks again, and takes back what it has sent after the other; a
   * comment that stays although it is a repetition is not worth a warning.
   */
  async #removeRepeated(reviews, commentKey) {
    const { owner, repo } = this.#pull;
    try {
      const seen = /* @__PURE__ */ new Set();
      for (const { id, review, fingerprints } of await this.#own(commentKey)) {
        if (reviews.has(review ?? 0) && fingerprints.every((each) => seen.has(each))) {
          await this.#requests.send(
            (signal) => this.#octokit.rest.pulls.deleteReviewComment({
              owner,
              repo,
              comment_id: id,
              request: { signal }
            })
          );
        }
        for (const each of fingerprints) seen.add(each);
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  async #send(comments) {
    const batches = [comments];
    const reviews = /* @__PURE__ */ new Set();
    let url = null;
    let published = 0;
    let problem = null;
    for (let sent = 0; sent < reviewLimit && batches.length > 0; sent++) {
      const batch = batches.shift();
      try {
        const review = await this.#create(batch);
        reviews.add(review.id);
        url ??= review.url;
        published += batch.length;
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        problem = error;
        if (error.status !== 422) {
          if (url === null) throw error;
          break;
        }
        const half = Math.ceil(batch.length / 2);
        if (batch.length > 1) batches.push(batch.slice(0, half), batch.slice(half));
      }
    }
    if (url === null) throw problem ?? new Refusal("GitHub took none of them", null);
    return { url, reviews, comments: published, refused: comments.length - published };
  }
  async #create(comments) {
    const { data } = await this.#requests.send(
      (signal) => this.#octokit.rest.pulls.createReview({
        ...this.#pull,
        commit_id: this.#place.commit,
        event: "COMMENT",
        body: renderReviewBody(comments.length),
        comments: [...comments],
        request: { signal }
      }),
      false
    );
    return { id: data.id, url: data.html_url };
  }
};

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
  const { commentKey } = inputs.publish;
  const links = { ...linksOf(inputs.github), policyFile: verdict.policy.file };
  writeOutputs(verdict);
  const annotationsLeftOut = await writeLog(report, inputs, { ...links, commentKey });
  const context = { ...links, annotationsLeftOut };
  await writeSummary(renderJobSummary(report, context));
  output(
    "report-file",
    await writeReport("report", inputs.publish.reportFile, inputs, () => renderJson(report))
  );
  output("sarif-file", await writeSarif(report, inputs));
  const body = () => renderPrComment(report, { ...context, commentKey });
  output("comment-url", await writeComment(inputs, verdict, body));
  await writeSuggestions(report, inputs);
}
async function writeLog(report, inputs, context) {
  const { pathPrefix } = context;
  const { annotations } = inputs.publish;
  const inCheckRun = annotations ? await writeCheckRun(report, inputs, context) : null;
  process.stdout.write(renderGithub(report, { pathPrefix, annotations: annotations && inCheckRun === null }));
  if (!annotations) return 0;
  if (inCheckRun === null) return selectAnnotations(report, { pathPrefix }).leftOut;
  say(`The annotations are in a check run: ${inCheckRun.url}`);
  return inCheckRun.leftOut;
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
async function writeReport(what, file, { github }, render) {
  if (file === null) return "";
  try {
    await writeReportFile(file, github.workspace, render());
    return file;
  } catch (error) {
    annotate("warning", `The ${what} file ${file} was not written: ${messageOf(error)}. ${verdictStands}`);
    return "";
  }
}
async function writeSarif(report, inputs) {
  const { publish, github } = inputs;
  const { verdict, projects } = report.verdict;
  if (publish.sarifFile !== null && verdict === "incomplete" && projects.length === 0) {
    say(`The SARIF file ${publish.sarifFile} was not written, because nothing could be judged.`);
    return "";
  }
  const { repositoryUrl, commit } = linksOf(github);
  return writeReport(
    "SARIF",
    publish.sarifFile,
    inputs,
    () => renderSarif(report, {
      rules,
      pathPrefix: github.pathPrefix,
      commentKey: publish.commentKey,
      withAbsent: false,
      repository: github.owner === "" || commit === "" ? null : { url: repositoryUrl, commit }
    })
  );
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
  if (comment === "never" || !isPullRequest(github)) return "";
  const create = isCommentWanted(comment, verdict);
  const unwritten = (reason) => {
    annotate("warning", `The comment on the pull request was not written: ${reason}. ${verdictStands}`);
    return "";
  };
  const { pullRequest } = github;
  const obstacle = publishObstacle(inputs);
  if (obstacle !== null || pullRequest === null || token === null) {
    if (!create || obstacle === null) return "";
    return unwritten(publish.suggestions ? `${obstacle}; nor were suggestions` : obstacle);
  }
  const run = { id: github.runId, attempt: github.runAttempt, commit: github.commit };
  const outcome = await publishComment(
    { ...placeOf2(github), token, pullNumber: pullRequest.number, run },
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
async function writeSuggestions(report, inputs) {
  const { publish, github } = inputs;
  if (!publish.suggestions || !isPullRequest(github) || correctableFindings(report).length === 0) return;
  const unwritten = (reason) => annotate("warning", `The suggestions were not published: ${reason}. ${verdictStands}`);
  const { pullRequest } = github;
  const obstacle = publishObstacle(inputs);
  if (obstacle !== null || pullRequest === null || publish.token === null) {
    const isSaid = publish.comment !== "never" && isCommentWanted(publish.comment, report.verdict);
    if (obstacle !== null && !isSaid) unwritten(obstacle);
    return;
  }
  const outcome = await publishSuggestions(
    { ...placeOf2(github), token: publish.token, pullNumber: pullRequest.number },
    report,
    { commentKey: publish.commentKey, pathPrefix: github.pathPrefix }
  );
  if (outcome.kind === "unpublished") unwritten(outcome.reason);
  if (outcome.kind !== "published") return;
  const { comments, refused, later, url } = outcome;
  const rest = later > 0 ? ` ${later} more will follow with the next run, to keep the review readable.` : "";
  say(`Suggestions published: ${comments} in ${url}${rest}`);
  if (refused > 0) {
    annotate(
      "warning",
      `GitHub did not take ${count(refused, ["suggestion", "suggestions"])}. ${verdictStands}`
    );
  }
}
async function writeCheckRun(report, { publish, github }, context) {
  const { leftOut } = selectAnnotations(report, context);
  const { token } = publish;
  if (leftOut === 0 && github.runAttempt < 2 || token === null || github.commit === "" || canOnlyRead(github)) {
    return null;
  }
  const run = renderCheckRun(report, context);
  const outcome = await publishCheckRun({ ...placeOf2(github), token }, run);
  if (outcome.kind === "unpublished") {
    annotate("warning", `The check run was not written: ${outcome.reason}. ${verdictStands}`);
  }
  if (outcome.kind !== "published") return null;
  const missing = run.annotations.length - outcome.annotations + run.leftOut;
  if (missing > 0) {
    const reason = outcome.reason ?? `it holds no more than ${run.annotations.length}`;
    annotate(
      "warning",
      `${count(missing, ["place has", "places have"])} no annotation in the check run: ${reason}. ${verdictStands}`
    );
  }
  return { url: outcome.url, leftOut: missing };
}
function isPullRequest({ eventName }) {
  return /^pull_request(?:_target)?$/.test(eventName);
}
function placeOf2(github) {
  const { apiUrl, owner, repository, commit, eventName, pullRequest, startedByDependabot } = github;
  const cause = pullRequest?.fromFork ? "fork" : startedByDependabot ? "dependabot" : null;
  return { apiUrl, owner, repository, commit, readOnly: eventName === "pull_request" ? cause : null };
}
function publishObstacle({ publish, github }) {
  if (github.pullRequest === null) return "the event of this run does not say which pull request it is of";
  if (publish.token === null) return "the input github-token is empty";
  if (canOnlyRead(github)) {
    return "this pull request comes from a fork, and GitHub gives its workflow runs a token that can only read";
  }
  return null;
}
function canOnlyRead({ eventName, pullRequest }) {
  return eventName === "pull_request" && pullRequest?.fromFork === true && !pullRequest.private;
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
