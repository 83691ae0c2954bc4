import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);
import {
  parsePolicy,
  parsePolicyLayer
} from "./chunk-AIO4BU7I.js";
import "./chunk-DADMSIO2.js";
import "./chunk-C2H3Q53J.js";
import "./chunk-IAAB7JRQ.js";
import "./chunk-GK7RS3HO.js";
import "./chunk-UNS75AM4.js";
import "./chunk-S2OK2AFU.js";
import "./chunk-3C6MT65P.js";
import "./chunk-JS4AHWAF.js";
export {
  parsePolicy,
  parsePolicyLayer
};
