/** Finds where the sources of a program ask by which protocol a request came. */
import type { SnapshotFile } from '../../model/snapshot.ts';
import type { Program } from '../app-model.ts';
import { TextLines } from '../text-lines.ts';

const use = /\b(?:req|request|ctx\.req)\.(?:secure|protocol)\b|['"`]x-forwarded-proto['"`]/gi;

/** The first place in these files, comments passed over. Only what would be read as code by its look: it decides no finding alone. */
export function protocolUseIn(files: Iterable<SnapshotFile>): Program['protocolUse'] {
  for (const { path, text } of files) {
    let lines: TextLines | null = null;
    for (const match of text.matchAll(use)) {
      lines ??= new TextLines(path, text);
      const { column } = lines.position(match.index);
      if (/^\s*(?:\/\/|\*|\/\*)|\s\/\/\s/.test(lines.line(match.index).slice(0, column - 1))) continue;
      return {
        location: lines.location(match.index, match.index + match[0].length),
        readsHeader: match[0].toLowerCase().includes('forwarded'),
      };
    }
  }
  return null;
}
