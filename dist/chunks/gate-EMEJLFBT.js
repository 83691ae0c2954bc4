import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);
import {
  rules,
  runGate
} from "./chunk-UCIS4I6S.js";
import "./chunk-MZQ62ETL.js";
import "./chunk-H3WA7JIE.js";
import "./chunk-5EY6ZPLM.js";
import "./chunk-T2SIEF54.js";
import "./chunk-3O3EIRSL.js";
import "./chunk-UNS75AM4.js";
import "./chunk-S2OK2AFU.js";
import "./chunk-3C6MT65P.js";
import "./chunk-JS4AHWAF.js";
export {
  rules,
  runGate
};
