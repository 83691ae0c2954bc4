import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);
import {
  renderSarif
} from "./chunk-CH5OPTMS.js";
import "./chunk-U3VM4W7P.js";
import "./chunk-YVND7Q7L.js";
import "./chunk-5EY6ZPLM.js";
import "./chunk-ULPUCS3L.js";
import "./chunk-4GJY7B2F.js";
import "./chunk-S2OK2AFU.js";
import "./chunk-JS4AHWAF.js";
export {
  renderSarif
};
