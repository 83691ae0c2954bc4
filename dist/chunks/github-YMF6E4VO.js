import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);
import {
  renderGithub
} from "./chunk-6L3NCFAL.js";
import "./chunk-MZQ62ETL.js";
import "./chunk-P5URZQRG.js";
import "./chunk-H3WA7JIE.js";
import "./chunk-4GJY7B2F.js";
import "./chunk-S2OK2AFU.js";
import "./chunk-JS4AHWAF.js";
export {
  renderGithub
};
