import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);
import {
  require_dist
} from "./chunk-3C6MT65P.js";
import "./chunk-JS4AHWAF.js";
export default require_dist();
