/** Turns what is known of an environment variable in production into an abstract value. */
import type { Reason } from '../app-model.ts';
import type { Setting } from '../environment/setting.ts';
import type { World } from './libraries/library.ts';
import { known, oneOf, type Place, type Single, undefinedValue, unknown, type Val } from './values.ts';

/** The value that a program reads at `place`. */
export function environmentValue(environment: World['environment'], name: string, place: Place | null): Val {
  const given = environment(name);
  if (given === null)
    // Nobody sets a variable of this name; whoever awaits the environment asks for it.
    return name === 'then' ? undefinedValue : { ...unknown(dependsOn(name), place), variable: name };
  return 'note' in given ? known(given.value, place, given.note) : settingsValue(name, given, place);
}

/** The value of a variable for which files of the repository have `settings`. */
export function settingsValue(name: string, settings: readonly Setting[], place: Place | null): Val {
  const places = settings.map(({ location }) => `${location.file}:${location.line}`);
  const reason: Reason =
    settings.length > 1
      ? {
          kind: 'environment',
          text: `${inWords(places)} do not give the environment variable \`${name}\` the same value`,
        }
      : settings[0]!.fallback !== null
        ? {
            kind: 'environment',
            text: `it depends on the environment variable \`${name}\`, for which ${places[0]} only has a default`,
          }
        : dependsOn(name);
  const values = settings.flatMap((setting): Single[] => {
    if (setting.value !== null) return [settingValue(setting, setting.value, place, false)];
    const open = unknown(reason, place);
    return setting.fallback === null ? [open] : [open, settingValue(setting, setting.fallback, place, true)];
  });
  return oneOf(values, reason);
}

function dependsOn(name: string): Reason {
  return { kind: 'environment', text: `it depends on the environment variable \`${name}\`` };
}

function inWords(places: readonly string[]): string {
  return `${places.slice(0, -1).join(', ')} and ${places.at(-1)}`;
}

/** The value never stands in a note: it may be a secret. */
function settingValue(
  { name, location }: Setting,
  value: string,
  place: Place | null,
  isDefault: boolean,
): Single {
  const link = {
    place: placeOf(location),
    note: isDefault ? `a default of \`${name}\` stands here` : `production gets \`${name}\` from here`,
    next: null,
    isSetting: true,
  };
  return {
    kind: 'known',
    value,
    absent: false,
    trace: place === null ? link : { place, note: null, next: link },
  };
}

/** The place in a file as the analysis has places: columns from 0. */
export function placeOf({ file, line, column, endLine, endColumn }: Setting['location']): Place {
  return {
    file,
    span: { start: { line, column: column - 1 }, end: { line: endLine, column: endColumn - 1 } },
  };
}
