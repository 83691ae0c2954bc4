import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);
import {
  rules,
  runGate
} from "./chunk-3I2EFZ5E.js";
import "./chunk-DADMSIO2.js";
import "./chunk-MZQ62ETL.js";
import "./chunk-T2SIEF54.js";
import "./chunk-GK7RS3HO.js";
import "./chunk-5EY6ZPLM.js";
import "./chunk-H3WA7JIE.js";
import "./chunk-UNS75AM4.js";
import "./chunk-S2OK2AFU.js";
import "./chunk-3C6MT65P.js";
import "./chunk-JS4AHWAF.js";
export {
  rules,
  runGate
};
