/** The libraries from which programs take their settings, for the interpreter's table. */
import { configurationFiles } from './configuration-files.ts';
import { environmentVariables } from './environment-variables.ts';
import { joiAndYup } from './joi-and-yup.ts';
import type { Library } from './library.ts';
import { nodeConfig } from './node-config.ts';
import { zodSchemas } from './zod.ts';

export const configuration: readonly Library[] = [
  ...configurationFiles,
  nodeConfig,
  ...environmentVariables,
  ...zodSchemas,
  ...joiAndYup,
];
