import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);
import {
  require_applicator,
  require_codegen,
  require_compile,
  require_core,
  require_core2,
  require_dependencies,
  require_discriminator,
  require_format,
  require_metadata,
  require_names,
  require_ref,
  require_ref_error,
  require_util,
  require_validate,
  require_validation,
  require_validation_error
} from "./chunks/chunk-IAAB7JRQ.js";
import {
  Requests,
  connect,
  isCommentWanted,
  ordinaryPatience,
  publishComment,
  renderPrComment
} from "./chunks/chunk-6FIAM5EY.js";
import {
  formatWorkflowCommand
} from "./chunks/chunk-H43EHEB2.js";
import {
  isRecord
} from "./chunks/chunk-GK7RS3HO.js";
import "./chunks/chunk-3MQYZDAM.js";
import "./chunks/chunk-VYFI3PRU.js";
import "./chunks/chunk-5EY6ZPLM.js";
import "./chunks/chunk-RRJOMCEA.js";
import "./chunks/chunk-ULPUCS3L.js";
import "./chunks/chunk-H3WA7JIE.js";
import {
  InputError
} from "./chunks/chunk-UNS75AM4.js";
import {
  terminalLine
} from "./chunks/chunk-4GJY7B2F.js";
import "./chunks/chunk-S2OK2AFU.js";
import {
  __commonJS,
  __toESM
} from "./chunks/chunk-JS4AHWAF.js";

// node_modules/ajv/dist/vocabularies/dynamic/dynamicAnchor.js
var require_dynamicAnchor = __commonJS({
  "node_modules/ajv/dist/vocabularies/dynamic/dynamicAnchor.js"(exports) {
    "use strict";
    Object.defineProperty(exports, "__esModule", { value: true });
    exports.dynamicAnchor = void 0;
    var codegen_1 = require_codegen();
    var names_1 = require_names();
    var compile_1 = require_compile();
    var ref_1 = require_ref();
    var def = {
      keyword: "$dynamicAnchor",
      schemaType: "string",
      code: (cxt) => dynamicAnchor(cxt, cxt.schema)
    };
    function dynamicAnchor(cxt, anchor) {
      const { gen, it } = cxt;
      it.schemaEnv.root.dynamicAnchors[anchor] = true;
      const v = (0, codegen_1._)`${names_1.default.dynamicAnchors}${(0, codegen_1.getProperty)(anchor)}`;
      const validate = it.errSchemaPath === "#" ? it.validateName : _getValidate(cxt);
      gen.if((0, codegen_1._)`!${v}`, () => gen.assign(v, validate));
    }
    exports.dynamicAnchor = dynamicAnchor;
    function _getValidate(cxt) {
      const { schemaEnv, schema, self } = cxt.it;
      const { root, baseId, localRefs, meta } = schemaEnv.root;
      const { schemaId } = self.opts;
      const sch = new compile_1.SchemaEnv({ schema, schemaId, root, baseId, localRefs, meta });
      compile_1.compileSchema.call(self, sch);
      return (0, ref_1.getValidate)(cxt, sch);
    }
    exports.default = def;
  }
});

// node_modules/ajv/dist/vocabularies/dynamic/dynamicRef.js
var require_dynamicRef = __commonJS({
  "node_modules/ajv/dist/vocabularies/dynamic/dynamicRef.js"(exports) {
    "use strict";
    Object.defineProperty(exports, "__esModule", { value: true });
    exports.dynamicRef = void 0;
    var codegen_1 = require_codegen();
    var names_1 = require_names();
    var ref_1 = require_ref();
    var def = {
      keyword: "$dynamicRef",
      schemaType: "string",
      code: (cxt) => dynamicRef(cxt, cxt.schema)
    };
    function dynamicRef(cxt, ref) {
      const { gen, keyword, it } = cxt;
      if (ref[0] !== "#")
        throw new Error(`"${keyword}" only supports hash fragment reference`);
      const anchor = ref.slice(1);
      if (it.allErrors) {
        _dynamicRef();
      } else {
        const valid = gen.let("valid", false);
        _dynamicRef(valid);
        cxt.ok(valid);
      }
      function _dynamicRef(valid) {
        if (it.schemaEnv.root.dynamicAnchors[anchor]) {
          const v = gen.let("_v", (0, codegen_1._)`${names_1.default.dynamicAnchors}${(0, codegen_1.getProperty)(anchor)}`);
          gen.if(v, _callRef(v, valid), _callRef(it.validateName, valid));
        } else {
          _callRef(it.validateName, valid)();
        }
      }
      function _callRef(validate, valid) {
        return valid ? () => gen.block(() => {
          (0, ref_1.callRef)(cxt, validate);
          gen.let(valid, true);
        }) : () => (0, ref_1.callRef)(cxt, validate);
      }
    }
    exports.dynamicRef = dynamicRef;
    exports.default = def;
  }
});

// node_modules/ajv/dist/vocabularies/dynamic/recursiveAnchor.js
var require_recursiveAnchor = __commonJS({
  "node_modules/ajv/dist/vocabularies/dynamic/recursiveAnchor.js"(exports) {
    "use strict";
    Object.defineProperty(exports, "__esModule", { value: true });
    var dynamicAnchor_1 = require_dynamicAnchor();
    var util_1 = require_util();
    var def = {
      keyword: "$recursiveAnchor",
      schemaType: "boolean",
      code(cxt) {
        if (cxt.schema)
          (0, dynamicAnchor_1.dynamicAnchor)(cxt, "");
        else
          (0, util_1.checkStrictMode)(cxt.it, "$recursiveAnchor: false is ignored");
      }
    };
    exports.default = def;
  }
});

// node_modules/ajv/dist/vocabularies/dynamic/recursiveRef.js
var require_recursiveRef = __commonJS({
  "node_modules/ajv/dist/vocabularies/dynamic/recursiveRef.js"(exports) {
    "use strict";
    Object.defineProperty(exports, "__esModule", { value: true });
    var dynamicRef_1 = require_dynamicRef();
    var def = {
      keyword: "$recursiveRef",
      schemaType: "string",
      code: (cxt) => (0, dynamicRef_1.dynamicRef)(cxt, cxt.schema)
    };
    exports.default = def;
  }
});

// node_modules/ajv/dist/vocabularies/dynamic/index.js
var require_dynamic = __commonJS({
  "node_modules/ajv/dist/vocabularies/dynamic/index.js"(exports) {
    "use strict";
    Object.defineProperty(exports, "__esModule", { value: true });
    var dynamicAnchor_1 = require_dynamicAnchor();
    var dynamicRef_1 = require_dynamicRef();
    var recursiveAnchor_1 = require_recursiveAnchor();
    var recursiveRef_1 = require_recursiveRef();
    var dynamic = [dynamicAnchor_1.default, dynamicRef_1.default, recursiveAnchor_1.default, recursiveRef_1.default];
    exports.default = dynamic;
  }
});

// node_modules/ajv/dist/vocabularies/validation/dependentRequired.js
var require_dependentRequired = __commonJS({
  "node_modules/ajv/dist/vocabularies/validation/dependentRequired.js"(exports) {
    "use strict";
    Object.defineProperty(exports, "__esModule", { value: true });
    var dependencies_1 = require_dependencies();
    var def = {
      keyword: "dependentRequired",
      type: "object",
      schemaType: "object",
      error: dependencies_1.error,
      code: (cxt) => (0, dependencies_1.validatePropertyDeps)(cxt)
    };
    exports.default = def;
  }
});

// node_modules/ajv/dist/vocabularies/applicator/dependentSchemas.js
var require_dependentSchemas = __commonJS({
  "node_modules/ajv/dist/vocabularies/applicator/dependentSchemas.js"(exports) {
    "use strict";
    Object.defineProperty(exports, "__esModule", { value: true });
    var dependencies_1 = require_dependencies();
    var def = {
      keyword: "dependentSchemas",
      type: "object",
      schemaType: "object",
      code: (cxt) => (0, dependencies_1.validateSchemaDeps)(cxt)
    };
    exports.default = def;
  }
});

// node_modules/ajv/dist/vocabularies/validation/limitContains.js
var require_limitContains = __commonJS({
  "node_modules/ajv/dist/vocabularies/validation/limitContains.js"(exports) {
    "use strict";
    Object.defineProperty(exports, "__esModule", { value: true });
    var util_1 = require_util();
    var def = {
      keyword: ["maxContains", "minContains"],
      type: "array",
      schemaType: "number",
      code({ keyword, parentSchema, it }) {
        if (parentSchema.contains === void 0) {
          (0, util_1.checkStrictMode)(it, `"${keyword}" without "contains" is ignored`);
        }
      }
    };
    exports.default = def;
  }
});

// node_modules/ajv/dist/vocabularies/next.js
var require_next = __commonJS({
  "node_modules/ajv/dist/vocabularies/next.js"(exports) {
    "use strict";
    Object.defineProperty(exports, "__esModule", { value: true });
    var dependentRequired_1 = require_dependentRequired();
    var dependentSchemas_1 = require_dependentSchemas();
    var limitContains_1 = require_limitContains();
    var next = [dependentRequired_1.default, dependentSchemas_1.default, limitContains_1.default];
    exports.default = next;
  }
});

// node_modules/ajv/dist/vocabularies/unevaluated/unevaluatedProperties.js
var require_unevaluatedProperties = __commonJS({
  "node_modules/ajv/dist/vocabularies/unevaluated/unevaluatedProperties.js"(exports) {
    "use strict";
    Object.defineProperty(exports, "__esModule", { value: true });
    var codegen_1 = require_codegen();
    var util_1 = require_util();
    var names_1 = require_names();
    var error = {
      message: "must NOT have unevaluated properties",
      params: ({ params }) => (0, codegen_1._)`{unevaluatedProperty: ${params.unevaluatedProperty}}`
    };
    var def = {
      keyword: "unevaluatedProperties",
      type: "object",
      schemaType: ["boolean", "object"],
      trackErrors: true,
      error,
      code(cxt) {
        const { gen, schema, data, errsCount, it } = cxt;
        if (!errsCount)
          throw new Error("ajv implementation error");
        const { allErrors, props } = it;
        if (props instanceof codegen_1.Name) {
          gen.if((0, codegen_1._)`${props} !== true`, () => gen.forIn("key", data, (key) => gen.if(unevaluatedDynamic(props, key), () => unevaluatedPropCode(key))));
        } else if (props !== true) {
          gen.forIn("key", data, (key) => props === void 0 ? unevaluatedPropCode(key) : gen.if(unevaluatedStatic(props, key), () => unevaluatedPropCode(key)));
        }
        it.props = true;
        cxt.ok((0, codegen_1._)`${errsCount} === ${names_1.default.errors}`);
        function unevaluatedPropCode(key) {
          if (schema === false) {
            cxt.setParams({ unevaluatedProperty: key });
            cxt.error();
            if (!allErrors)
              gen.break();
            return;
          }
          if (!(0, util_1.alwaysValidSchema)(it, schema)) {
            const valid = gen.name("valid");
            cxt.subschema({
              keyword: "unevaluatedProperties",
              dataProp: key,
              dataPropType: util_1.Type.Str
            }, valid);
            if (!allErrors)
              gen.if((0, codegen_1.not)(valid), () => gen.break());
          }
        }
        function unevaluatedDynamic(evaluatedProps, key) {
          return (0, codegen_1._)`!${evaluatedProps} || !${evaluatedProps}[${key}]`;
        }
        function unevaluatedStatic(evaluatedProps, key) {
          const ps = [];
          for (const p in evaluatedProps) {
            if (evaluatedProps[p] === true)
              ps.push((0, codegen_1._)`${key} !== ${p}`);
          }
          return (0, codegen_1.and)(...ps);
        }
      }
    };
    exports.default = def;
  }
});

// node_modules/ajv/dist/vocabularies/unevaluated/unevaluatedItems.js
var require_unevaluatedItems = __commonJS({
  "node_modules/ajv/dist/vocabularies/unevaluated/unevaluatedItems.js"(exports) {
    "use strict";
    Object.defineProperty(exports, "__esModule", { value: true });
    var codegen_1 = require_codegen();
    var util_1 = require_util();
    var error = {
      message: ({ params: { len } }) => (0, codegen_1.str)`must NOT have more than ${len} items`,
      params: ({ params: { len } }) => (0, codegen_1._)`{limit: ${len}}`
    };
    var def = {
      keyword: "unevaluatedItems",
      type: "array",
      schemaType: ["boolean", "object"],
      error,
      code(cxt) {
        const { gen, schema, data, it } = cxt;
        const items = it.items || 0;
        if (items === true)
          return;
        const len = gen.const("len", (0, codegen_1._)`${data}.length`);
        if (schema === false) {
          cxt.setParams({ len: items });
          cxt.fail((0, codegen_1._)`${len} > ${items}`);
        } else if (typeof schema == "object" && !(0, util_1.alwaysValidSchema)(it, schema)) {
          const valid = gen.var("valid", (0, codegen_1._)`${len} <= ${items}`);
          gen.if((0, codegen_1.not)(valid), () => validateItems(valid, items));
          cxt.ok(valid);
        }
        it.items = true;
        function validateItems(valid, from) {
          gen.forRange("i", from, len, (i) => {
            cxt.subschema({ keyword: "unevaluatedItems", dataProp: i, dataPropType: util_1.Type.Num }, valid);
            if (!it.allErrors)
              gen.if((0, codegen_1.not)(valid), () => gen.break());
          });
        }
      }
    };
    exports.default = def;
  }
});

// node_modules/ajv/dist/vocabularies/unevaluated/index.js
var require_unevaluated = __commonJS({
  "node_modules/ajv/dist/vocabularies/unevaluated/index.js"(exports) {
    "use strict";
    Object.defineProperty(exports, "__esModule", { value: true });
    var unevaluatedProperties_1 = require_unevaluatedProperties();
    var unevaluatedItems_1 = require_unevaluatedItems();
    var unevaluated = [unevaluatedProperties_1.default, unevaluatedItems_1.default];
    exports.default = unevaluated;
  }
});

// node_modules/ajv/dist/vocabularies/draft2020.js
var require_draft2020 = __commonJS({
  "node_modules/ajv/dist/vocabularies/draft2020.js"(exports) {
    "use strict";
    Object.defineProperty(exports, "__esModule", { value: true });
    var core_1 = require_core2();
    var validation_1 = require_validation();
    var applicator_1 = require_applicator();
    var dynamic_1 = require_dynamic();
    var next_1 = require_next();
    var unevaluated_1 = require_unevaluated();
    var format_1 = require_format();
    var metadata_1 = require_metadata();
    var draft2020Vocabularies = [
      dynamic_1.default,
      core_1.default,
      validation_1.default,
      (0, applicator_1.default)(true),
      format_1.default,
      metadata_1.metadataVocabulary,
      metadata_1.contentVocabulary,
      next_1.default,
      unevaluated_1.default
    ];
    exports.default = draft2020Vocabularies;
  }
});

// node_modules/ajv/dist/refs/json-schema-2020-12/schema.json
var require_schema = __commonJS({
  "node_modules/ajv/dist/refs/json-schema-2020-12/schema.json"(exports, module) {
    module.exports = {
      $schema: "https://json-schema.org/draft/2020-12/schema",
      $id: "https://json-schema.org/draft/2020-12/schema",
      $vocabulary: {
        "https://json-schema.org/draft/2020-12/vocab/core": true,
        "https://json-schema.org/draft/2020-12/vocab/applicator": true,
        "https://json-schema.org/draft/2020-12/vocab/unevaluated": true,
        "https://json-schema.org/draft/2020-12/vocab/validation": true,
        "https://json-schema.org/draft/2020-12/vocab/meta-data": true,
        "https://json-schema.org/draft/2020-12/vocab/format-annotation": true,
        "https://json-schema.org/draft/2020-12/vocab/content": true
      },
      $dynamicAnchor: "meta",
      title: "Core and Validation specifications meta-schema",
      allOf: [
        { $ref: "meta/core" },
        { $ref: "meta/applicator" },
        { $ref: "meta/unevaluated" },
        { $ref: "meta/validation" },
        { $ref: "meta/meta-data" },
        { $ref: "meta/format-annotation" },
        { $ref: "meta/content" }
      ],
      type: ["object", "boolean"],
      $comment: "This meta-schema also defines keywords that have appeared in previous drafts in order to prevent incompatible extensions as they remain in common use.",
      properties: {
        definitions: {
          $comment: '"definitions" has been replaced by "$defs".',
          type: "object",
          additionalProperties: { $dynamicRef: "#meta" },
          deprecated: true,
          default: {}
        },
        dependencies: {
          $comment: '"dependencies" has been split and replaced by "dependentSchemas" and "dependentRequired" in order to serve their differing semantics.',
          type: "object",
          additionalProperties: {
            anyOf: [{ $dynamicRef: "#meta" }, { $ref: "meta/validation#/$defs/stringArray" }]
          },
          deprecated: true,
          default: {}
        },
        $recursiveAnchor: {
          $comment: '"$recursiveAnchor" has been replaced by "$dynamicAnchor".',
          $ref: "meta/core#/$defs/anchorString",
          deprecated: true
        },
        $recursiveRef: {
          $comment: '"$recursiveRef" has been replaced by "$dynamicRef".',
          $ref: "meta/core#/$defs/uriReferenceString",
          deprecated: true
        }
      }
    };
  }
});

// node_modules/ajv/dist/refs/json-schema-2020-12/meta/applicator.json
var require_applicator2 = __commonJS({
  "node_modules/ajv/dist/refs/json-schema-2020-12/meta/applicator.json"(exports, module) {
    module.exports = {
      $schema: "https://json-schema.org/draft/2020-12/schema",
      $id: "https://json-schema.org/draft/2020-12/meta/applicator",
      $vocabulary: {
        "https://json-schema.org/draft/2020-12/vocab/applicator": true
      },
      $dynamicAnchor: "meta",
      title: "Applicator vocabulary meta-schema",
      type: ["object", "boolean"],
      properties: {
        prefixItems: { $ref: "#/$defs/schemaArray" },
        items: { $dynamicRef: "#meta" },
        contains: { $dynamicRef: "#meta" },
        additionalProperties: { $dynamicRef: "#meta" },
        properties: {
          type: "object",
          additionalProperties: { $dynamicRef: "#meta" },
          default: {}
        },
        patternProperties: {
          type: "object",
          additionalProperties: { $dynamicRef: "#meta" },
          propertyNames: { format: "regex" },
          default: {}
        },
        dependentSchemas: {
          type: "object",
          additionalProperties: { $dynamicRef: "#meta" },
          default: {}
        },
        propertyNames: { $dynamicRef: "#meta" },
        if: { $dynamicRef: "#meta" },
        then: { $dynamicRef: "#meta" },
        else: { $dynamicRef: "#meta" },
        allOf: { $ref: "#/$defs/schemaArray" },
        anyOf: { $ref: "#/$defs/schemaArray" },
        oneOf: { $ref: "#/$defs/schemaArray" },
        not: { $dynamicRef: "#meta" }
      },
      $defs: {
        schemaArray: {
          type: "array",
          minItems: 1,
          items: { $dynamicRef: "#meta" }
        }
      }
    };
  }
});

// node_modules/ajv/dist/refs/json-schema-2020-12/meta/unevaluated.json
var require_unevaluated2 = __commonJS({
  "node_modules/ajv/dist/refs/json-schema-2020-12/meta/unevaluated.json"(exports, module) {
    module.exports = {
      $schema: "https://json-schema.org/draft/2020-12/schema",
      $id: "https://json-schema.org/draft/2020-12/meta/unevaluated",
      $vocabulary: {
        "https://json-schema.org/draft/2020-12/vocab/unevaluated": true
      },
      $dynamicAnchor: "meta",
      title: "Unevaluated applicator vocabulary meta-schema",
      type: ["object", "boolean"],
      properties: {
        unevaluatedItems: { $dynamicRef: "#meta" },
        unevaluatedProperties: { $dynamicRef: "#meta" }
      }
    };
  }
});

// node_modules/ajv/dist/refs/json-schema-2020-12/meta/content.json
var require_content = __commonJS({
  "node_modules/ajv/dist/refs/json-schema-2020-12/meta/content.json"(exports, module) {
    module.exports = {
      $schema: "https://json-schema.org/draft/2020-12/schema",
      $id: "https://json-schema.org/draft/2020-12/meta/content",
      $vocabulary: {
        "https://json-schema.org/draft/2020-12/vocab/content": true
      },
      $dynamicAnchor: "meta",
      title: "Content vocabulary meta-schema",
      type: ["object", "boolean"],
      properties: {
        contentEncoding: { type: "string" },
        contentMediaType: { type: "string" },
        contentSchema: { $dynamicRef: "#meta" }
      }
    };
  }
});

// node_modules/ajv/dist/refs/json-schema-2020-12/meta/core.json
var require_core3 = __commonJS({
  "node_modules/ajv/dist/refs/json-schema-2020-12/meta/core.json"(exports, module) {
    module.exports = {
      $schema: "https://json-schema.org/draft/2020-12/schema",
      $id: "https://json-schema.org/draft/2020-12/meta/core",
      $vocabulary: {
        "https://json-schema.org/draft/2020-12/vocab/core": true
      },
      $dynamicAnchor: "meta",
      title: "Core vocabulary meta-schema",
      type: ["object", "boolean"],
      properties: {
        $id: {
          $ref: "#/$defs/uriReferenceString",
          $comment: "Non-empty fragments not allowed.",
          pattern: "^[^#]*#?$"
        },
        $schema: { $ref: "#/$defs/uriString" },
        $ref: { $ref: "#/$defs/uriReferenceString" },
        $anchor: { $ref: "#/$defs/anchorString" },
        $dynamicRef: { $ref: "#/$defs/uriReferenceString" },
        $dynamicAnchor: { $ref: "#/$defs/anchorString" },
        $vocabulary: {
          type: "object",
          propertyNames: { $ref: "#/$defs/uriString" },
          additionalProperties: {
            type: "boolean"
          }
        },
        $comment: {
          type: "string"
        },
        $defs: {
          type: "object",
          additionalProperties: { $dynamicRef: "#meta" }
        }
      },
      $defs: {
        anchorString: {
          type: "string",
          pattern: "^[A-Za-z_][-A-Za-z0-9._]*$"
        },
        uriString: {
          type: "string",
          format: "uri"
        },
        uriReferenceString: {
          type: "string",
          format: "uri-reference"
        }
      }
    };
  }
});

// node_modules/ajv/dist/refs/json-schema-2020-12/meta/format-annotation.json
var require_format_annotation = __commonJS({
  "node_modules/ajv/dist/refs/json-schema-2020-12/meta/format-annotation.json"(exports, module) {
    module.exports = {
      $schema: "https://json-schema.org/draft/2020-12/schema",
      $id: "https://json-schema.org/draft/2020-12/meta/format-annotation",
      $vocabulary: {
        "https://json-schema.org/draft/2020-12/vocab/format-annotation": true
      },
      $dynamicAnchor: "meta",
      title: "Format vocabulary meta-schema for annotation results",
      type: ["object", "boolean"],
      properties: {
        format: { type: "string" }
      }
    };
  }
});

// node_modules/ajv/dist/refs/json-schema-2020-12/meta/meta-data.json
var require_meta_data = __commonJS({
  "node_modules/ajv/dist/refs/json-schema-2020-12/meta/meta-data.json"(exports, module) {
    module.exports = {
      $schema: "https://json-schema.org/draft/2020-12/schema",
      $id: "https://json-schema.org/draft/2020-12/meta/meta-data",
      $vocabulary: {
        "https://json-schema.org/draft/2020-12/vocab/meta-data": true
      },
      $dynamicAnchor: "meta",
      title: "Meta-data vocabulary meta-schema",
      type: ["object", "boolean"],
      properties: {
        title: {
          type: "string"
        },
        description: {
          type: "string"
        },
        default: true,
        deprecated: {
          type: "boolean",
          default: false
        },
        readOnly: {
          type: "boolean",
          default: false
        },
        writeOnly: {
          type: "boolean",
          default: false
        },
        examples: {
          type: "array",
          items: true
        }
      }
    };
  }
});

// node_modules/ajv/dist/refs/json-schema-2020-12/meta/validation.json
var require_validation2 = __commonJS({
  "node_modules/ajv/dist/refs/json-schema-2020-12/meta/validation.json"(exports, module) {
    module.exports = {
      $schema: "https://json-schema.org/draft/2020-12/schema",
      $id: "https://json-schema.org/draft/2020-12/meta/validation",
      $vocabulary: {
        "https://json-schema.org/draft/2020-12/vocab/validation": true
      },
      $dynamicAnchor: "meta",
      title: "Validation vocabulary meta-schema",
      type: ["object", "boolean"],
      properties: {
        type: {
          anyOf: [
            { $ref: "#/$defs/simpleTypes" },
            {
              type: "array",
              items: { $ref: "#/$defs/simpleTypes" },
              minItems: 1,
              uniqueItems: true
            }
          ]
        },
        const: true,
        enum: {
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
        maxLength: { $ref: "#/$defs/nonNegativeInteger" },
        minLength: { $ref: "#/$defs/nonNegativeIntegerDefault0" },
        pattern: {
          type: "string",
          format: "regex"
        },
        maxItems: { $ref: "#/$defs/nonNegativeInteger" },
        minItems: { $ref: "#/$defs/nonNegativeIntegerDefault0" },
        uniqueItems: {
          type: "boolean",
          default: false
        },
        maxContains: { $ref: "#/$defs/nonNegativeInteger" },
        minContains: {
          $ref: "#/$defs/nonNegativeInteger",
          default: 1
        },
        maxProperties: { $ref: "#/$defs/nonNegativeInteger" },
        minProperties: { $ref: "#/$defs/nonNegativeIntegerDefault0" },
        required: { $ref: "#/$defs/stringArray" },
        dependentRequired: {
          type: "object",
          additionalProperties: {
            $ref: "#/$defs/stringArray"
          }
        }
      },
      $defs: {
        nonNegativeInteger: {
          type: "integer",
          minimum: 0
        },
        nonNegativeIntegerDefault0: {
          $ref: "#/$defs/nonNegativeInteger",
          default: 0
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
      }
    };
  }
});

// node_modules/ajv/dist/refs/json-schema-2020-12/index.js
var require_json_schema_2020_12 = __commonJS({
  "node_modules/ajv/dist/refs/json-schema-2020-12/index.js"(exports) {
    "use strict";
    Object.defineProperty(exports, "__esModule", { value: true });
    var metaSchema = require_schema();
    var applicator = require_applicator2();
    var unevaluated = require_unevaluated2();
    var content = require_content();
    var core = require_core3();
    var format = require_format_annotation();
    var metadata = require_meta_data();
    var validation = require_validation2();
    var META_SUPPORT_DATA = ["/properties"];
    function addMetaSchema2020($data) {
      ;
      [
        metaSchema,
        applicator,
        unevaluated,
        content,
        core,
        with$data(this, format),
        metadata,
        with$data(this, validation)
      ].forEach((sch) => this.addMetaSchema(sch, void 0, false));
      return this;
      function with$data(ajv, sch) {
        return $data ? ajv.$dataMetaSchema(sch, META_SUPPORT_DATA) : sch;
      }
    }
    exports.default = addMetaSchema2020;
  }
});

// node_modules/ajv/dist/2020.js
var require__ = __commonJS({
  "node_modules/ajv/dist/2020.js"(exports, module) {
    "use strict";
    Object.defineProperty(exports, "__esModule", { value: true });
    exports.MissingRefError = exports.ValidationError = exports.CodeGen = exports.Name = exports.nil = exports.stringify = exports.str = exports._ = exports.KeywordCxt = exports.Ajv2020 = void 0;
    var core_1 = require_core();
    var draft2020_1 = require_draft2020();
    var discriminator_1 = require_discriminator();
    var json_schema_2020_12_1 = require_json_schema_2020_12();
    var META_SCHEMA_ID = "https://json-schema.org/draft/2020-12/schema";
    var Ajv20202 = class extends core_1.default {
      constructor(opts = {}) {
        super({
          ...opts,
          dynamicRef: true,
          next: true,
          unevaluated: true
        });
      }
      _addVocabularies() {
        super._addVocabularies();
        draft2020_1.default.forEach((v) => this.addVocabulary(v));
        if (this.opts.discriminator)
          this.addKeyword(discriminator_1.default);
      }
      _addDefaultMetaSchema() {
        super._addDefaultMetaSchema();
        const { $data, meta } = this.opts;
        if (!meta)
          return;
        json_schema_2020_12_1.default.call(this, $data);
        this.refs["http://json-schema.org/schema"] = META_SCHEMA_ID;
      }
      defaultMeta() {
        return this.opts.defaultMeta = super.defaultMeta() || (this.getSchema(META_SCHEMA_ID) ? META_SCHEMA_ID : void 0);
      }
    };
    exports.Ajv2020 = Ajv20202;
    module.exports = exports = Ajv20202;
    module.exports.Ajv2020 = Ajv20202;
    Object.defineProperty(exports, "__esModule", { value: true });
    exports.default = Ajv20202;
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

// src/collect/comment-inputs.ts
import { readFileSync as readFileSync2 } from "node:fs";
import { posix, resolve } from "node:path";

// src/collect/report-file.ts
var import__ = __toESM(require__(), 1);
import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";

// docs/report.schema.json
var report_schema_default = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: "https://github.com/express-gate/express-gate/blob/main/docs/report.schema.json",
  title: "express-gate report, schema version 1",
  description: "What `express-gate --format json` writes. Lines and columns are 1-based, paths are relative to the scanned directory with `/`. Texts may come from the scanned repository or a registry: escape them for where they are shown. The same input gives the same bytes, the checks' `ms` aside.",
  type: "object",
  additionalProperties: false,
  required: [
    "schemaVersion",
    "tool",
    "verdict",
    "counts",
    "findings",
    "fixed",
    "undecided",
    "checks",
    "projects"
  ],
  properties: {
    schemaVersion: { const: 1 },
    tool: {
      type: "object",
      additionalProperties: false,
      required: ["name", "version"],
      properties: {
        name: { const: "express-gate" },
        version: { type: "string", minLength: 1 }
      }
    },
    verdict: {
      description: "`pass` (exit code 0), `fail`: the policy blocks (1), `incomplete`: could not judge, see `checks` (2). A blocking finding is `fail` even where something else could not be judged.",
      enum: ["pass", "fail", "incomplete"]
    },
    counts: {
      description: "Severities and statuses are counted over all `findings`, waived ones included; `waived` and `blocking` are parts of them.",
      type: "object",
      additionalProperties: false,
      required: ["critical", "high", "moderate", "low", "new", "unchanged", "fixed", "waived", "blocking"],
      properties: {
        critical: { $ref: "#/$defs/count" },
        high: { $ref: "#/$defs/count" },
        moderate: { $ref: "#/$defs/count" },
        low: { $ref: "#/$defs/count" },
        new: { $ref: "#/$defs/count" },
        unchanged: { $ref: "#/$defs/count" },
        fixed: { $ref: "#/$defs/count" },
        waived: { $ref: "#/$defs/count" },
        blocking: { $ref: "#/$defs/count" }
      }
    },
    findings: {
      description: "Blocking first, then by severity, file, line, rule.",
      type: "array",
      items: { $ref: "#/$defs/judgedFinding" }
    },
    fixed: {
      description: "Findings of the base that are gone. Empty without a base.",
      type: "array",
      items: { $ref: "#/$defs/fixedFinding" }
    },
    undecided: {
      description: "What could depend on something the analysis cannot see; neither a finding nor silence.",
      type: "array",
      items: {
        type: "object",
        additionalProperties: false,
        required: ["ruleId", "location", "reason"],
        properties: {
          ruleId: { $ref: "#/$defs/ruleId" },
          location: { $ref: "#/$defs/location" },
          reason: {
            description: "In words, naming what it hangs on, such as an environment variable.",
            type: "string"
          }
        }
      }
    },
    checks: {
      description: "What was looked at and how far it got.",
      type: "array",
      items: {
        type: "object",
        additionalProperties: false,
        required: ["name", "project", "state", "detail", "ms"],
        properties: {
          name: { enum: ["npm-audit", "snyk", "express-version", "code", "files", "base", "policy"] },
          project: { $ref: "#/$defs/project" },
          state: {
            description: "`ok`: looked. `degraded`: looked with less than it should have had. `failed`: could not look. `skipped`: not asked for, or nothing to look at.",
            enum: ["ok", "degraded", "failed", "skipped"]
          },
          detail: { type: "string" },
          ms: { description: "Milliseconds spent.", type: "number", minimum: 0 }
        }
      }
    },
    projects: {
      type: "array",
      items: {
        type: "object",
        additionalProperties: false,
        required: ["directory", "name", "express", "lockfile"],
        properties: {
          directory: { $ref: "#/$defs/project" },
          name: { description: "Its package.json's name.", type: ["string", "null"] },
          express: {
            description: "Null where the project does not use Express.",
            type: ["object", "null"],
            additionalProperties: false,
            required: ["declared", "resolved"],
            properties: {
              declared: {
                description: "The range in package.json; null where a framework brings Express.",
                type: ["string", "null"]
              },
              resolved: {
                description: "The version in the lockfile; null without one.",
                type: ["string", "null"]
              }
            }
          },
          lockfile: { description: "Path of the lockfile that governs it.", type: ["string", "null"] }
        }
      }
    }
  },
  $defs: {
    count: { type: "integer", minimum: 0 },
    position: { type: "integer", minimum: 1 },
    ruleId: { type: "string", minLength: 1 },
    project: {
      description: "A project's directory, `.` for the root.",
      type: "string",
      minLength: 1
    },
    location: {
      type: "object",
      additionalProperties: false,
      required: ["file", "line", "column", "endLine", "endColumn"],
      properties: {
        file: { type: "string" },
        line: { $ref: "#/$defs/position" },
        column: { $ref: "#/$defs/position" },
        endLine: { $ref: "#/$defs/position" },
        endColumn: { description: "The column after the last character.", $ref: "#/$defs/position" }
      }
    },
    point: {
      type: "object",
      additionalProperties: false,
      required: ["line", "column"],
      properties: { line: { $ref: "#/$defs/position" }, column: { $ref: "#/$defs/position" } }
    },
    finding: {
      type: "object",
      required: [
        "ruleId",
        "severity",
        "confidence",
        "message",
        "help",
        "url",
        "cwe",
        "location",
        "related",
        "project",
        "fingerprint"
      ],
      properties: {
        ruleId: { $ref: "#/$defs/ruleId" },
        severity: { enum: ["critical", "high", "moderate", "low"] },
        confidence: { enum: ["high", "medium", "low"] },
        message: { description: "What production does.", type: "string" },
        help: { description: "What to write instead.", type: "string" },
        url: { description: "The rule's documentation page.", type: "string" },
        cwe: { type: "array", items: { type: "integer", minimum: 1 } },
        location: { $ref: "#/$defs/location" },
        related: {
          description: "From the option to where its value was written.",
          type: "array",
          items: {
            type: "object",
            additionalProperties: false,
            required: ["file", "line", "column", "message"],
            properties: {
              file: { type: "string" },
              line: { $ref: "#/$defs/position" },
              column: { $ref: "#/$defs/position" },
              message: { type: "string" }
            }
          }
        },
        project: { $ref: "#/$defs/project" },
        fingerprint: {
          description: "The same for the same construct where lines move, files are renamed or options reordered.",
          type: "string",
          minLength: 1
        },
        advisory: { $ref: "#/$defs/advisory" },
        fix: {
          description: "Present where the correction can be named.",
          type: "object",
          additionalProperties: false,
          required: ["description", "edits"],
          properties: {
            description: { type: "string" },
            edits: {
              description: "Only certain edits; positions before any of them is applied, the end exclusive.",
              type: "array",
              items: {
                type: "object",
                additionalProperties: false,
                required: ["file", "start", "end", "text"],
                properties: {
                  file: { type: "string" },
                  start: { $ref: "#/$defs/point" },
                  end: { $ref: "#/$defs/point" },
                  text: { type: "string" }
                }
              }
            }
          }
        }
      }
    },
    judgedFinding: {
      type: "object",
      $ref: "#/$defs/finding",
      unevaluatedProperties: false,
      required: ["status", "outcome", "waiver"],
      properties: {
        status: {
          description: "Against the base; `unknown` without one, or where the base could not be looked at.",
          enum: ["new", "unchanged", "unknown"]
        },
        outcome: { enum: ["block", "warn", "waived"] },
        waiver: {
          description: "The waiver in force where the outcome is `waived`, else null.",
          type: ["object", "null"],
          additionalProperties: false,
          required: ["reason", "expires"],
          properties: {
            reason: { type: "string" },
            expires: { description: "Its last day, an ISO date.", type: "string" }
          }
        }
      },
      not: {
        anyOf: [
          {
            properties: { outcome: { const: "waived" }, waiver: { type: "null" } }
          },
          {
            properties: { outcome: { enum: ["block", "warn"] }, waiver: { type: "object" } }
          }
        ]
      }
    },
    fixedFinding: { type: "object", $ref: "#/$defs/finding", unevaluatedProperties: false },
    advisory: {
      description: "Present where the finding is a published advisory about a package.",
      type: "object",
      additionalProperties: false,
      required: [
        "id",
        "cve",
        "package",
        "installed",
        "vulnerable",
        "patched",
        "paths",
        "dev",
        "morePaths",
        "direct",
        "action",
        "cvss",
        "sources"
      ],
      properties: {
        id: { description: "GHSA id where known, else the source's own.", type: "string" },
        cve: { type: ["string", "null"] },
        aliases: {
          description: "Further ids of the same vulnerability, such as Snyk's, sorted; absent where there are none.",
          type: "array",
          minItems: 1,
          items: { type: "string" }
        },
        package: { type: "string" },
        installed: { description: "The installed versions, sorted, joined by `, `.", type: "string" },
        vulnerable: { description: "The vulnerable range.", type: "string" },
        patched: { description: "The first fixed version or versions.", type: ["string", "null"] },
        paths: {
          description: "From the project's root to the package, shortest first.",
          type: "array",
          items: { type: "array", items: { type: "string" } }
        },
        dev: { description: "Only development dependencies lead to it.", type: "boolean" },
        morePaths: { description: "How many paths `paths` leaves out.", $ref: "#/$defs/count" },
        direct: { description: "The project itself declares the package.", type: "boolean" },
        action: {
          description: "The one change that ends it, or null where none is known.",
          type: ["object", "null"],
          additionalProperties: false,
          required: ["package", "version", "major"],
          properties: {
            package: { type: "string" },
            version: { type: "string" },
            major: { description: "A breaking change by its version number.", type: "boolean" }
          }
        },
        cvss: { type: ["number", "null"], minimum: 0, maximum: 10 },
        sources: {
          description: "Who knew it, sorted: `npm` (npm audit), `endpoint` (the registry, asked directly), `osv`, `snyk`, `embedded`.",
          type: "array",
          items: { type: "string" }
        }
      }
    }
  }
};

// src/collect/report-file.ts
var reportSizeLimit = 5 * 1024 * 1024;
function readReportFile(path) {
  const report = parseReport(readBounded(path));
  const { verdict, counts, findings, fixed, undecided, checks, projects } = report;
  return {
    version: report.tool.version,
    verdict: {
      verdict,
      counts,
      findings,
      fixed,
      undecided,
      checks,
      projects,
      incompleteBecause: verdict === "incomplete" ? ["The gate could not judge: what is said of the checks, and the log of the run, tell why."] : [],
      policy: { file: null, failOn: "high", scope: "all", notes: [], toldBy: "report" },
      compared: checks.some(({ name, state }) => name === "base" && state === "ok")
    }
  };
}
function readBounded(path) {
  let file;
  try {
    file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const code = error.code ?? "unknown";
    throw new InputError(
      `The report cannot be read (${code}): does report-file name the file of the downloaded artifact?`
    );
  }
  try {
    const stats = fstatSync(file);
    if (!stats.isFile()) throw new InputError("The report is no plain file.");
    if (stats.size > reportSizeLimit)
      throw new InputError(`The report has ${stats.size} bytes, more than the ${reportSizeLimit} allowed.`);
    return readFileSync(file, "utf8");
  } finally {
    closeSync(file);
  }
}
function parseReport(text) {
  let report;
  try {
    report = JSON.parse(text);
  } catch {
    throw new InputError("The report is not JSON.");
  }
  const validate = new import__.Ajv2020({ strict: false }).compile(report_schema_default);
  if (!validate(report)) {
    const { keyword = "unknown", schemaPath = "" } = validate.errors?.[0] ?? {};
    throw new InputError(
      `The report does not hold to docs/report.schema.json (${keyword} at ${schemaPath}): it must be one of this version of express-gate.`
    );
  }
  const known = report;
  const blocking = known.findings.filter(({ outcome }) => outcome === "block").length;
  if (blocking !== known.counts.blocking || blocking > 0 !== (known.verdict === "fail"))
    throw new InputError("The report contradicts itself: its verdict is not what its findings say.");
  const ids = [...known.findings, ...known.fixed, ...known.undecided].map(({ ruleId }) => ruleId);
  if (!ids.every((id) => id.length <= 60 && /^[a-z0-9-]+$/.test(id)))
    throw new InputError("The report has a rule whose id is none.");
  return known;
}

// src/collect/comment-inputs.ts
function readCommentInputs(environment) {
  const read = (name) => (environment[`INPUT_${name.toUpperCase()}`] ?? "").trim();
  const mode = read("comment") || "on-findings";
  if (mode !== "always" && mode !== "on-findings" && mode !== "on-failure")
    throw new InputError("The input comment takes always, on-findings or on-failure.");
  const commentKey = read("comment-key");
  if (!/^[\w./ -]{0,100}$/.test(commentKey))
    throw new InputError(
      "The input comment-key takes up to 100 letters, digits, spaces and the characters . _ / -."
    );
  const token = read("github-token");
  if (token === "")
    throw new InputError("The input github-token is empty: without it nothing can be written.");
  const [owner = "", repository = ""] = (environment.GITHUB_REPOSITORY ?? "").split("/");
  return {
    reportFile: resolve(environment.GITHUB_WORKSPACE || ".", read("report-file") || "report.json"),
    token,
    mode,
    commentKey,
    pathPrefix: readPrefix(read("working-directory") || "."),
    serverUrl: environment.GITHUB_SERVER_URL || "https://github.com",
    apiUrl: environment.GITHUB_API_URL || "https://api.github.com",
    owner,
    repository,
    run: readRun(environment)
  };
}
function readPrefix(value) {
  const path = posix.normalize(value.replaceAll("\\", "/")).replace(/\/$/, "");
  if (path.startsWith("/") || path.split("/").includes(".."))
    throw new InputError("The input working-directory takes a directory relative to the repository.");
  return path === "." ? "" : `${path}/`;
}
function readRun(environment) {
  if (environment.GITHUB_EVENT_NAME !== "workflow_run")
    throw new InputError("This action runs on `workflow_run`, after the workflow that wrote the report.");
  let payload;
  try {
    payload = JSON.parse(readFileSync2(environment.GITHUB_EVENT_PATH ?? "", "utf8"));
  } catch {
    throw new InputError("The payload of the event cannot be read.");
  }
  const run = isRecord(payload) && isRecord(payload.workflow_run) ? payload.workflow_run : {};
  if (run.event !== "pull_request" && run.event !== "pull_request_target") return null;
  const { id, run_attempt: attempt, head_sha: commit, head_branch: branch, head_repository: from } = run;
  const headRepository = isRecord(from) ? from.full_name : null;
  if (!Number.isSafeInteger(id) || !Number.isSafeInteger(attempt) || typeof commit !== "string" || !/^[0-9a-f]{40,64}$/.test(commit) || typeof branch !== "string" || typeof headRepository !== "string")
    throw new InputError("The event does not say of which run the report is (its fork may be gone).");
  return { id, attempt, commit, branch, headRepository };
}

// src/report/publish-pull.ts
async function findPulls(place, { commit, branch, headRepository }, patience = ordinaryPatience) {
  const { owner, repository: repo } = place;
  const octokit = await connect(place);
  const head = `${headRepository.split("/")[0]}:${branch}`;
  const { data } = await new Requests(patience, null).send(
    (signal) => octokit.rest.pulls.list({ owner, repo, state: "open", head, per_page: 100, request: { signal } })
  );
  return data.filter((pull) => pull.head.sha === commit && pull.head.repo?.full_name === headRepository).map(({ number }) => number);
}

// src/comment.ts
async function main() {
  const inputs = readCommentInputs(process.env);
  const { run } = inputs;
  if (run === null) return say("The run was none of a pull request: there is nothing to comment on.");
  const { verdict, version } = readReportFile(inputs.reportFile);
  const pulls = await findPulls(inputs, run);
  const [pullNumber] = pulls;
  if (pullNumber === void 0)
    return say("No open pull request has the commit of this report as its head any more.");
  if (pulls.length > 1)
    return warn("several pull requests have this head, and the report does not say which one it is of");
  const { serverUrl, owner, repository, pathPrefix, commentKey, mode } = inputs;
  const repositoryUrl = `${serverUrl}/${owner}/${repository}`;
  const body = renderPrComment(
    { verdict, files: /* @__PURE__ */ new Map(), version },
    {
      repositoryUrl,
      commit: run.commit,
      pathPrefix,
      runUrl: `${repositoryUrl}/actions/runs/${run.id}`,
      commentKey,
      policyFile: null,
      annotationsLeftOut: 0
    }
  );
  await write(inputs, { ...run, pullNumber }, body, isCommentWanted(mode, verdict));
}
async function write({ apiUrl, token, owner, repository, commentKey }, { id, attempt, commit, pullNumber }, body, create) {
  const run = { id, attempt, commit };
  const outcome = await publishComment(
    { apiUrl, token, owner, repository, pullNumber, run, readOnly: null },
    { key: commentKey, body, create }
  );
  if (outcome.kind === "unpublished") return warn(outcome.reason);
  say(
    outcome.kind === "none" ? "There is nothing to comment on." : `Comment ${outcome.kind}: ${outcome.url}`
  );
}
function say(line) {
  process.stdout.write(`${terminalLine(line)}
`);
}
function warn(reason) {
  annotate("warning", `The comment on the pull request was not written: ${reason}.`);
}
function annotate(level, message) {
  process.stdout.write(`${formatWorkflowCommand(level, { title: "express-gate" }, message)}
`);
}
await main().catch((error) => {
  if (error instanceof InputError) {
    process.exitCode = 2;
    return annotate("error", error.describe());
  }
  warn(terminalLine(error instanceof Error ? error.message : String(error)));
});
