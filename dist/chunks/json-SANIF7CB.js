import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);
import {
  renderJson
} from "./chunk-3XMVKG7J.js";
import "./chunk-4GJY7B2F.js";
import "./chunk-JS4AHWAF.js";
export {
  renderJson
};
