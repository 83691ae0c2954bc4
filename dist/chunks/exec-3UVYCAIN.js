import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);
import {
  exec,
  getExecOutput
} from "./chunk-6EGSBLDA.js";
import "./chunk-JS4AHWAF.js";
export {
  exec,
  getExecOutput
};
