/** The libraries from which programs take their settings, for the interpreter's table. */
import { configurationFiles } from './configuration-files.ts';
import { directoryLoaders } from './directory-loaders.ts';
import { environmentVariables } from './environment-variables.ts';
import { joiAndYup } from './joi-and-yup.ts';
import { layeredSettings } from './layered-settings.ts';
import type { Library } from './library.ts';
import { nestConfig } from './nest-config.ts';
import { nodeConfig } from './node-config.ts';
import { propertyPaths } from './property-paths.ts';
import { zodSchemas } from './zod.ts';

export const configuration: readonly Library[] = [
  ...configurationFiles,
  nodeConfig,
  ...environmentVariables,
  ...layeredSettings,
  ...zodSchemas,
  ...joiAndYup,
  nestConfig,
  ...directoryLoaders,
  ...propertyPaths,
];
