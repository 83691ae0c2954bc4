import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);
import {
  checkNames,
  emptyPolicy,
  extendsFault,
  overridableKeys
} from "./chunk-DADMSIO2.js";
import {
  ruleIds,
  suggestion
} from "./chunk-C2H3Q53J.js";
import {
  require_applicator,
  require_codegen,
  require_core,
  require_core2,
  require_discriminator,
  require_format,
  require_metadata,
  require_ref_error,
  require_validate,
  require_validation,
  require_validation_error
} from "./chunk-IAAB7JRQ.js";
import {
  isRecord
} from "./chunk-GK7RS3HO.js";
import {
  InputError
} from "./chunk-UNS75AM4.js";
import {
  severities
} from "./chunk-S2OK2AFU.js";
import {
  require_dist
} from "./chunk-3C6MT65P.js";
import {
  __commonJS,
  __toESM
} from "./chunk-JS4AHWAF.js";

// node_modules/ajv/dist/vocabularies/draft7.js
var require_draft7 = __commonJS({
  "node_modules/ajv/dist/vocabularies/draft7.js"(exports) {
    "use strict";
    Object.defineProperty(exports, "__esModule", { value: true });
    var core_1 = require_core2();
    var validation_1 = require_validation();
    var applicator_1 = require_applicator();
    var format_1 = require_format();
    var metadata_1 = require_metadata();
    var draft7Vocabularies = [
      core_1.default,
      validation_1.default,
      (0, applicator_1.default)(),
      format_1.default,
      metadata_1.metadataVocabulary,
      metadata_1.contentVocabulary
    ];
    exports.default = draft7Vocabularies;
  }
});

// node_modules/ajv/dist/refs/json-schema-draft-07.json
var require_json_schema_draft_07 = __commonJS({
  "node_modules/ajv/dist/refs/json-schema-draft-07.json"(exports, module) {
    module.exports = {
      $schema: "http://json-schema.org/draft-07/schema#",
      $id: "http://json-schema.org/draft-07/schema#",
      title: "Core schema meta-schema",
      definitions: {
        schemaArray: {
          type: "array",
          minItems: 1,
          items: { $ref: "#" }
        },
        nonNegativeInteger: {
          type: "integer",
          minimum: 0
        },
        nonNegativeIntegerDefault0: {
          allOf: [{ $ref: "#/definitions/nonNegativeInteger" }, { default: 0 }]
        },
        simpleTypes: {
          enum: ["array", "boolean", "integer", "null", "number", "object", "string"]
        },
        stringArray: {
          type: "array",
          items: { type: "string" },
          uniqueItems: true,
          default: []
        }
      },
      type: ["object", "boolean"],
      properties: {
        $id: {
          type: "string",
          format: "uri-reference"
        },
        $schema: {
          type: "string",
          format: "uri"
        },
        $ref: {
          type: "string",
          format: "uri-reference"
        },
        $comment: {
          type: "string"
        },
        title: {
          type: "string"
        },
        description: {
          type: "string"
        },
        default: true,
        readOnly: {
          type: "boolean",
          default: false
        },
        examples: {
          type: "array",
          items: true
        },
        multipleOf: {
          type: "number",
          exclusiveMinimum: 0
        },
        maximum: {
          type: "number"
        },
        exclusiveMaximum: {
          type: "number"
        },
        minimum: {
          type: "number"
        },
        exclusiveMinimum: {
          type: "number"
        },
        maxLength: { $ref: "#/definitions/nonNegativeInteger" },
        minLength: { $ref: "#/definitions/nonNegativeIntegerDefault0" },
        pattern: {
          type: "string",
          format: "regex"
        },
        additionalItems: { $ref: "#" },
        items: {
          anyOf: [{ $ref: "#" }, { $ref: "#/definitions/schemaArray" }],
          default: true
        },
        maxItems: { $ref: "#/definitions/nonNegativeInteger" },
        minItems: { $ref: "#/definitions/nonNegativeIntegerDefault0" },
        uniqueItems: {
          type: "boolean",
          default: false
        },
        contains: { $ref: "#" },
        maxProperties: { $ref: "#/definitions/nonNegativeInteger" },
        minProperties: { $ref: "#/definitions/nonNegativeIntegerDefault0" },
        required: { $ref: "#/definitions/stringArray" },
        additionalProperties: { $ref: "#" },
        definitions: {
          type: "object",
          additionalProperties: { $ref: "#" },
          default: {}
        },
        properties: {
          type: "object",
          additionalProperties: { $ref: "#" },
          default: {}
        },
        patternProperties: {
          type: "object",
          additionalProperties: { $ref: "#" },
          propertyNames: { format: "regex" },
          default: {}
        },
        dependencies: {
          type: "object",
          additionalProperties: {
            anyOf: [{ $ref: "#" }, { $ref: "#/definitions/stringArray" }]
          }
        },
        propertyNames: { $ref: "#" },
        const: true,
        enum: {
          type: "array",
          items: true,
          minItems: 1,
          uniqueItems: true
        },
        type: {
          anyOf: [
            { $ref: "#/definitions/simpleTypes" },
            {
              type: "array",
              items: { $ref: "#/definitions/simpleTypes" },
              minItems: 1,
              uniqueItems: true
            }
          ]
        },
        format: { type: "string" },
        contentMediaType: { type: "string" },
        contentEncoding: { type: "string" },
        if: { $ref: "#" },
        then: { $ref: "#" },
        else: { $ref: "#" },
        allOf: { $ref: "#/definitions/schemaArray" },
        anyOf: { $ref: "#/definitions/schemaArray" },
        oneOf: { $ref: "#/definitions/schemaArray" },
        not: { $ref: "#" }
      },
      default: true
    };
  }
});

// node_modules/ajv/dist/ajv.js
var require_ajv = __commonJS({
  "node_modules/ajv/dist/ajv.js"(exports, module) {
    "use strict";
    Object.defineProperty(exports, "__esModule", { value: true });
    exports.MissingRefError = exports.ValidationError = exports.CodeGen = exports.Name = exports.nil = exports.stringify = exports.str = exports._ = exports.KeywordCxt = exports.Ajv = void 0;
    var core_1 = require_core();
    var draft7_1 = require_draft7();
    var discriminator_1 = require_discriminator();
    var draft7MetaSchema = require_json_schema_draft_07();
    var META_SUPPORT_DATA = ["/properties"];
    var META_SCHEMA_ID = "http://json-schema.org/draft-07/schema";
    var Ajv2 = class extends core_1.default {
      _addVocabularies() {
        super._addVocabularies();
        draft7_1.default.forEach((v) => this.addVocabulary(v));
        if (this.opts.discriminator)
          this.addKeyword(discriminator_1.default);
      }
      _addDefaultMetaSchema() {
        super._addDefaultMetaSchema();
        if (!this.opts.meta)
          return;
        const metaSchema = this.opts.$data ? this.$dataMetaSchema(draft7MetaSchema, META_SUPPORT_DATA) : draft7MetaSchema;
        this.addMetaSchema(metaSchema, META_SCHEMA_ID, false);
        this.refs["http://json-schema.org/schema"] = META_SCHEMA_ID;
      }
      defaultMeta() {
        return this.opts.defaultMeta = super.defaultMeta() || (this.getSchema(META_SCHEMA_ID) ? META_SCHEMA_ID : void 0);
      }
    };
    exports.Ajv = Ajv2;
    module.exports = exports = Ajv2;
    module.exports.Ajv = Ajv2;
    Object.defineProperty(exports, "__esModule", { value: true });
    exports.default = Ajv2;
    var validate_1 = require_validate();
    Object.defineProperty(exports, "KeywordCxt", { enumerable: true, get: function() {
      return validate_1.KeywordCxt;
    } });
    var codegen_1 = require_codegen();
    Object.defineProperty(exports, "_", { enumerable: true, get: function() {
      return codegen_1._;
    } });
    Object.defineProperty(exports, "str", { enumerable: true, get: function() {
      return codegen_1.str;
    } });
    Object.defineProperty(exports, "stringify", { enumerable: true, get: function() {
      return codegen_1.stringify;
    } });
    Object.defineProperty(exports, "nil", { enumerable: true, get: function() {
      return codegen_1.nil;
    } });
    Object.defineProperty(exports, "Name", { enumerable: true, get: function() {
      return codegen_1.Name;
    } });
    Object.defineProperty(exports, "CodeGen", { enumerable: true, get: function() {
      return codegen_1.CodeGen;
    } });
    var validation_error_1 = require_validation_error();
    Object.defineProperty(exports, "ValidationError", { enumerable: true, get: function() {
      return validation_error_1.default;
    } });
    var ref_error_1 = require_ref_error();
    Object.defineProperty(exports, "MissingRefError", { enumerable: true, get: function() {
      return ref_error_1.default;
    } });
  }
});

// src/collect/policy-text.ts
var import_ajv = __toESM(require_ajv(), 1);
var import_yaml = __toESM(require_dist(), 1);

// src/collect/policy-faults.ts
var quotedLength = 60;
function describeFault(error) {
  const name = error.instancePath.split("/").at(-1) ?? "";
  switch (error.keyword) {
    case "additionalProperties":
      return unknownKey(error);
    case "required":
      return error.schemaPath.includes("/oneOf/") ? null : missingKey(String(error.params.missingProperty));
    case "oneOf":
      if (typeof error.data !== "object" || error.data === null) return null;
      return {
        key: null,
        message: error.params.passingSchemas === null ? "a waiver says what it waives: write `rule` or `advisory`" : "a waiver waives one thing: keep `rule` or `advisory`, and write a second waiver for the other"
      };
    case "enum":
      return { key: null, message: notAmong(error, name) };
    case "format":
      return {
        key: null,
        message: `\`expires\` must be a day that the calendar has, written YYYY-MM-DD, not ${quoteValue(error.data)}`
      };
    case "pattern":
      return { key: null, message: `${subject(error)} must not be blank` };
    case "type":
      return { key: null, message: wrongType(error) };
    default:
      return { key: null, message: `${subject(error)} ${error.message ?? "is wrong"}` };
  }
}
function unknownKey(error) {
  const key = String(error.params.additionalProperty);
  const known = Object.keys(error.parentSchema.properties ?? {});
  if (error.instancePath === "/rules") {
    return {
      key,
      message: `there is no rule ${quoteValue(key)}.${suggestion(key, known)} \`express-gate --list-rules\` names them all`
    };
  }
  const place = error.instancePath === "" ? "a policy" : "a waiver";
  return {
    key,
    message: `${place} has no key ${quoteValue(key)}.${suggestion(key, known)} Its keys are ${known.join(", ")}`
  };
}
function missingKey(key) {
  return {
    key: null,
    message: key === "reason" ? "a waiver needs a `reason`: write why this is accepted" : "a waiver needs `expires`: write the last day (YYYY-MM-DD) on which it holds"
  };
}
function notAmong(error, name) {
  const allowed = error.params.allowedValues;
  const value = quoteValue(error.data);
  const nearest = typeof error.data === "string" ? suggestion(error.data, allowed) : "";
  if (name === "rule") {
    return `there is no rule ${value}.${nearest} \`express-gate --list-rules\` names them all`;
  }
  return `${subject(error)} must be ${listOf(allowed)}, not ${value}.${nearest}`.replace(/\.$/, "");
}
function wrongType(error) {
  const asked = [error.params.type].flat();
  if (error.instancePath === "") return "a policy is a mapping of keys to values, such as `fail-on: high`";
  if (asked.includes("array"))
    return `${subject(error)} must be a list: write each entry on a line of its own, after \`- \``;
  if (asked.includes("object")) return `${subject(error)} must be a mapping of keys to values`;
  if (asked.includes("number")) return `${subject(error)} must be a text; write '' for an empty one`;
  return `${subject(error)} must be a text: put it in quotes`;
}
function subject(error) {
  const path = error.instancePath.split("/").slice(1);
  const last = path.at(-1) ?? "";
  if (path[0] === "rules" && path.length > 1) return `the severity of ${quoteValue(unescapePointer(last))}`;
  if (path[0] === "environment" && path.length > 1)
    return `the value of ${quoteValue(unescapePointer(last))}`;
  if (/^\d+$/.test(last)) return path[0] === "waivers" ? "a waiver" : `an entry of \`${path.at(-2)}\``;
  return `\`${last}\``;
}
function unescapePointer(segment) {
  return segment.replaceAll("~1", "/").replaceAll("~0", "~");
}
function listOf(words) {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}
function quoteValue(value) {
  if (value === null || value === void 0) return "empty";
  const text = typeof value === "string" ? value : JSON.stringify(value) ?? String(value);
  const cut = text.length > quotedLength ? `${text.slice(0, quotedLength)}…` : text;
  return `\`${cut.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) => {
    return `\\u{${character.codePointAt(0).toString(16)}}`;
  })}\``;
}

// src/collect/policy-schema.ts
var nonBlank = { type: "string", pattern: "\\S" };
var waiver = {
  type: "object",
  additionalProperties: false,
  required: ["reason", "expires"],
  oneOf: [{ required: ["rule"] }, { required: ["advisory"] }],
  properties: {
    rule: { enum: ruleIds, description: "The rule whose findings are accepted." },
    advisory: {
      ...nonBlank,
      description: "The advisory that is accepted: GHSA-…, CVE-… or the id that the report shows."
    },
    path: { ...nonBlank, description: "A glob over the files of the findings; without it every file." },
    package: { ...nonBlank, description: "Only findings about this package." },
    reason: { ...nonBlank, description: "Why it is accepted; the report shows it." },
    expires: {
      type: "string",
      format: "date",
      description: "The last day (YYYY-MM-DD) on which the waiver holds."
    }
  }
};
var policySchema = {
  $schema: "http://json-schema.org/draft-07/schema#",
  $id: "https://github.com/express-gate/express-gate/blob/main/docs/policy.schema.json",
  title: "Policy of express-gate",
  description: "What a team lets block its pull requests: .github/express-gate.yml, else .express-gate.yml.",
  type: "object",
  additionalProperties: false,
  properties: {
    "fail-on": {
      enum: [...severities, "never"],
      description: "Findings of this severity and above block.",
      default: "high"
    },
    scope: {
      enum: ["new", "all"],
      description: "Which findings can block: those that the base does not have, or all. Default: new with a base, else all."
    },
    rules: {
      type: "object",
      description: "The severity of each rule, or off.",
      additionalProperties: false,
      properties: Object.fromEntries(ruleIds.map((id) => [id, { enum: ["off", ...severities] }]))
    },
    exclude: {
      type: "array",
      items: nonBlank,
      description: "Globs of paths, from the scanned directory, that are not judged. A later !glob takes back."
    },
    environment: {
      type: "object",
      description: "What production sets, by the name of the environment variable.",
      additionalProperties: { type: ["string", "number", "boolean"] }
    },
    require: {
      type: "array",
      items: { enum: checkNames.filter((name) => name !== "policy") },
      description: "Checks that must run; where one cannot, the verdict is incomplete (exit code 2)."
    },
    waivers: {
      type: "array",
      items: waiver,
      description: "What is accepted, why, and until when."
    },
    extends: {
      ...nonBlank,
      description: "A policy to build on: a path from the scanned directory, or owner/repository:path@ref. Where both speak the stricter wins."
    },
    overridable: {
      type: "array",
      items: { enum: overridableKeys },
      description: "The keys in which a policy that extends this one may be less strict."
    },
    "waivers-from": {
      enum: ["base", "head"],
      description: "Whether a pull request's own waivers count (head) or only those of its base. Head is for teams whose policy file needs a code owner's review.",
      default: "base"
    }
  }
};
function isIsoDay(text) {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

// src/collect/policy-text.ts
var aliasLimit = 100;
var faultLimit = 20;
function parsePolicy(text, file) {
  return parsePolicyLayer(text, file).policy;
}
function parsePolicyLayer(text, file) {
  const lines = new import_yaml.LineCounter();
  const place = (offset) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const document = parseYaml(text, file, lines);
  const syntaxFaults = [...document.errors, ...document.warnings].map((error) => ({
    ...place(error.pos[0]),
    message: describeYaml(error.code, error.message)
  }));
  if (syntaxFaults.length > 0) throw faultsError(file, firstOfEachPlace(syntaxFaults));
  if (document.contents === null || (0, import_yaml.isScalar)(document.contents) && document.contents.value === null) {
    return { policy: { ...emptyPolicy, file }, keys: /* @__PURE__ */ new Set(), extendsPlace: { line: 1, column: 1 } };
  }
  const tree = new PolicyTree(document, place);
  const value = plainValue(document, tree, file);
  const faults = [...schemaFaults(value, tree), ...extendsFaults(value, tree), ...environmentFaults(tree)];
  if (faults.length > 0) throw faultsError(file, faults);
  return {
    policy: toPolicy(value, tree, file),
    keys: new Set(Object.keys(value)),
    extendsPlace: tree.place([], "extends")
  };
}
function parseYaml(text, file, lineCounter) {
  const document = (0, import_yaml.parseDocument)(text, { lineCounter, prettyErrors: false, version: "1.2", schema: "core" });
  if (document.errors.some(({ message }) => message.includes("call stack"))) {
    throw new InputError("this YAML is nested too deeply to be read", { file });
  }
  return document;
}
function plainValue(document, tree, file) {
  try {
    return document.toJS({ maxAliasCount: aliasLimit });
  } catch {
    const unresolved = tree.unresolvedAlias();
    throw new InputError(
      unresolved === null ? "this YAML repeats itself through aliases without end: write the values out" : "this alias names no anchor above it: write the value out, or quote it where it is a text that begins with `*`",
      { file, ...unresolved }
    );
  }
}
function firstOfEachPlace(faults) {
  const seen = /* @__PURE__ */ new Set();
  return faults.filter(({ line, column }) => {
    const key = `${line}:${column}`;
    return !seen.has(key) && seen.add(key);
  });
}
function describeYaml(code, message) {
  switch (code) {
    case "DUPLICATE_KEY":
      return "this key is there twice: keep one of them";
    case "TAB_AS_INDENT":
      return "YAML is indented with spaces: replace the tab";
    case "MULTIPLE_DOCS":
      return "a policy is one YAML document: take out the line `---`";
    default:
      return `this is not valid YAML: ${message.split("\n")[0]}`;
  }
}
function faultsError(file, faults) {
  const sorted = faults.toSorted((a, b) => a.line - b.line || a.column - b.column);
  const [first, ...others] = sorted.slice(0, faultLimit);
  const rest = sorted.length - faultLimit;
  const messages = [
    first.message,
    ...others.map(({ line, column, message }) => `${file}:${line}:${column}: ${message}`),
    ...rest > 0 ? [`and ${rest} more ${rest === 1 ? "fault" : "faults"}`] : []
  ];
  return new InputError(messages.join("\n"), { file, line: first.line, column: first.column });
}
var validator;
function schemaFaults(value, tree) {
  if (validator === void 0) {
    const ajv = new import_ajv.Ajv({
      allErrors: true,
      strict: true,
      strictRequired: false,
      allowUnionTypes: true,
      verbose: true
    });
    ajv.addFormat("date", isIsoDay);
    validator = ajv.compile(policySchema);
  }
  if (validator(value)) return [];
  return (validator.errors ?? []).flatMap((error) => {
    const fault = describeFault(error);
    return fault === null ? [] : [{ ...tree.place(pathOf(error), fault.key), message: fault.message }];
  });
}
function pathOf(error) {
  return error.instancePath.split("/").slice(1).map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"));
}
function extendsFaults(value, tree) {
  const named = isRecord(value) ? value.extends : void 0;
  const fault = typeof named === "string" ? extendsFault(named) : null;
  return fault === null ? [] : [{ ...tree.place([], "extends"), message: fault }];
}
function environmentFaults(tree) {
  const name = tree.texts("environment").get("NODE_ENV");
  if (name === void 0 || name === "production") return [];
  return [
    {
      ...tree.place(["environment"], "NODE_ENV"),
      message: "NODE_ENV is always production here: that is what express-gate judges. Take this line out"
    }
  ];
}
function toPolicy(value, tree, file) {
  return {
    file,
    failOn: value["fail-on"] ?? null,
    scope: value.scope ?? null,
    rules: new Map(Object.entries(value.rules ?? {})),
    exclude: value.exclude ?? [],
    environment: tree.texts("environment"),
    require: value.require ?? [],
    ...value["waivers-from"] === "head" ? { waiversFrom: "head" } : {},
    ...value.extends === void 0 ? {} : { extends: value.extends.trim() },
    ...value.overridable === void 0 ? {} : { overridable: value.overridable },
    waivers: (value.waivers ?? []).map(
      (waiver2, index) => ({
        rule: waiver2.rule ?? null,
        advisory: waiver2.advisory?.trim() ?? null,
        path: waiver2.path ?? null,
        package: waiver2.package ?? null,
        reason: waiver2.reason.trim(),
        expires: waiver2.expires,
        line: tree.place(["waivers", String(index)], null).line
      })
    )
  };
}
var PolicyTree = class {
  #document;
  #place;
  constructor(document, place) {
    this.#document = document;
    this.#place = place;
  }
  unresolvedAlias() {
    let place = null;
    (0, import_yaml.visit)(this.#document, {
      Alias: (_, alias) => {
        if (alias.resolve(this.#document) !== void 0) return void 0;
        place = this.#place(alias.range?.[0] ?? 0);
        return import_yaml.visit.BREAK;
      }
    });
    return place;
  }
  /** The place of a key of the mapping at `path`, or of the value there; as near to it as there is anything. */
  place(path, key) {
    let node = this.#document.contents;
    let offset = (0, import_yaml.isNode)(node) ? node.range?.[0] ?? 0 : 0;
    const steps = key === null ? path : [...path, key];
    for (const [index, step] of steps.entries()) {
      const isWantedKey = key !== null && index === steps.length - 1;
      const below = this.#child(node, step, isWantedKey);
      if (below === null) break;
      offset = below.range?.[0] ?? offset;
      node = below;
    }
    return this.#place(offset);
  }
  /** The values of a mapping as they are written: `1.0` and `0x10` stay as they are, as the shell would pass them on. */
  texts(key) {
    const texts = /* @__PURE__ */ new Map();
    const mapping = this.#resolve(
      (0, import_yaml.isMap)(this.#document.contents) ? this.#document.contents.get(key, true) : null
    );
    if (!(0, import_yaml.isMap)(mapping)) return texts;
    for (const pair of mapping.items) {
      const value = this.#resolve(pair.value);
      if (!(0, import_yaml.isScalar)(value)) continue;
      texts.set(
        keyText(pair.key),
        typeof value.value === "string" ? value.value : value.source ?? String(value.value)
      );
    }
    return texts;
  }
  #child(parent, step, wantsKey) {
    const node = this.#resolve(parent);
    if ((0, import_yaml.isSeq)(node)) return asNode(node.items[Number(step)]);
    if (!(0, import_yaml.isMap)(node)) return null;
    const pair = node.items.find((each) => keyText(each.key) === step);
    return pair === void 0 ? null : asNode(wantsKey ? pair.key : pair.value ?? pair.key);
  }
  #resolve(node) {
    return (0, import_yaml.isAlias)(node) ? node.resolve(this.#document) : node;
  }
};
function asNode(value) {
  return (0, import_yaml.isNode)(value) ? value : null;
}
function keyText(key) {
  return (0, import_yaml.isScalar)(key) ? String(key.value) : String(key);
}

export {
  isIsoDay,
  parsePolicy,
  parsePolicyLayer
};
