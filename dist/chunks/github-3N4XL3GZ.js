import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);
import {
  renderGithub
} from "./chunk-VOFB5YDI.js";
import "./chunk-MZQ62ETL.js";
import "./chunk-H43EHEB2.js";
import "./chunk-VYFI3PRU.js";
import "./chunk-RRJOMCEA.js";
import "./chunk-ULPUCS3L.js";
import "./chunk-H3WA7JIE.js";
import "./chunk-4GJY7B2F.js";
import "./chunk-S2OK2AFU.js";
import "./chunk-JS4AHWAF.js";
export {
  renderGithub
};
