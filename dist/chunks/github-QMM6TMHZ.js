import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);
import {
  renderGithub
} from "./chunk-TZEKWG5S.js";
import "./chunk-YW4QRCNB.js";
import "./chunk-LQVB7ZXY.js";
import "./chunk-MZQ62ETL.js";
import "./chunk-H3WA7JIE.js";
import "./chunk-S2OK2AFU.js";
import "./chunk-JS4AHWAF.js";
export {
  renderGithub
};
