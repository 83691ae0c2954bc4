import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);
import {
  renderJson
} from "./chunk-KULJTD5O.js";
import "./chunk-LQVB7ZXY.js";
import "./chunk-JS4AHWAF.js";
export {
  renderJson
};
