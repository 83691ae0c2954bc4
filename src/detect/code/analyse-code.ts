/** Turns the sources of a snapshot into the model of each project's programs. */
import type { Check } from '../../model/check.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { Program } from '../app-model.ts';

export interface CodeAnalysis {
  readonly programs: readonly Program[];
  readonly checks: readonly Check[];
}

export function analyseCode(_snapshot: Snapshot, _environment: ReadonlyMap<string, string>): CodeAnalysis {
  return { programs: [], checks: [] };
}
