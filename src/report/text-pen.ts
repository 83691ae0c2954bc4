/** The colours of the terminal report. */
import picocolors from 'picocolors';
import type { Severity } from '../model/severity.ts';

export type Pen = ReturnType<typeof picocolors.createColors>;

/** Colours where `color` is true, else plain text, whatever the surroundings say. */
export function createPen(color: boolean): Pen {
  return picocolors.createColors(color);
}

export function paintSeverity(pen: Pen, severity: Severity, text: string): string {
  switch (severity) {
    case 'critical':
    case 'high':
      return pen.bold(pen.red(text));
    case 'moderate':
      return pen.bold(pen.yellow(text));
    case 'low':
      return pen.bold(pen.cyan(text));
  }
}
