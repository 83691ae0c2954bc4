/** Turns what a configuration program exports, such as pm2's `ecosystem.config.js`, into plain data with places. */
import type { DataNode } from '../environment/data-tree.ts';
import { type Interpreter, makeInterpreter, type Surroundings } from './interpreter.ts';
import { locationOf } from './model-values.ts';
import { directoryOf } from './resolve-module.ts';
import type { Place, Slot, Val } from './values.ts';

/** Such files are short; what takes longer is no configuration. */
const maxSteps = 20_000;
const maxDepth = 8;
const maxNodes = 5_000;

/** What the module at `path` exports (its default export where it has one); null where that cannot be known. */
export function exportedData(surroundings: Surroundings, path: string): DataNode | null {
  const interpreter = makeInterpreter(surroundings, maxSteps);
  const { m, modules }: Interpreter = interpreter;
  const place: Place = { file: path, span: { start: { line: 1, column: 0 }, end: { line: 1, column: 0 } } };
  const name = `./${path.slice(directoryOf(path) === '' ? 0 : directoryOf(path).length + 1)}`;
  let exported: Val | null = null;
  m.begin(() => {
    exported = modules.load(name, path, place);
    if (exported.kind === 'object' && exported.slots.has('default'))
      exported = m.get(exported, 'default', place);
  });
  return exported === null ? null : dataOf(exported, place, 0, { left: maxNodes });
}

function dataOf(value: Val, place: Place | null, depth: number, budget: { left: number }): DataNode {
  const location = locationOf(place);
  if (value.kind === 'known' && value.value !== null && value.value !== undefined)
    return { kind: 'scalar', text: String(value.value), location };
  if (value.kind !== 'object' || depth > maxDepth || value.external !== null || --budget.left < 0)
    return { kind: 'scalar', text: null, location };
  const inner = (slot: Slot): DataNode => {
    const content = typeof slot.getter === 'function' ? slot.getter() : slot.value;
    return dataOf(content, slot.place ?? value.place, depth + 1, budget);
  };
  if (value.elements !== null) return { kind: 'list', items: value.elements.map(inner), location };
  return {
    kind: 'map',
    entries: [...value.slots].map(([key, slot]) => ({
      key,
      location: locationOf(slot.place ?? value.place),
      value: inner(slot),
    })),
    location,
  };
}
