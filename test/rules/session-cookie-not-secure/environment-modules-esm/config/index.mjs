import get from 'lodash.get';
import merge from 'deepmerge';
import defaults from './default.mjs';

const environment = process.env.NODE_ENV ?? 'development';
const { default: own } = await import(`./${environment}.mjs`);
const config = Object.freeze(merge(defaults, own));
export const setting = (path, fallback) => get(config, path, fallback);
