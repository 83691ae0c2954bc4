import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);
import {
  renderGithub
} from "./chunk-MNADBV3X.js";
import "./chunk-MZQ62ETL.js";
import "./chunk-H43EHEB2.js";
import "./chunk-VYFI3PRU.js";
import "./chunk-Z6KTPXUN.js";
import "./chunk-H3WA7JIE.js";
import "./chunk-DNQYXC5G.js";
import "./chunk-S2OK2AFU.js";
import "./chunk-4GJY7B2F.js";
import "./chunk-JS4AHWAF.js";
export {
  renderGithub
};
