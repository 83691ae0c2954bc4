/** Puts a text of the test's choice wherever the hostile report holds one that a repository or a registry can choose. */
import type { ReportInput } from '../../src/report/report-input.ts';
import { hostileReport, hostileText } from './verdict-fixtures.ts';

export function hostileReportWith(text: string): ReportInput {
  return substitute(hostileReport(), text) as ReportInput;
}

function substitute(value: unknown, text: string): unknown {
  if (typeof value === 'string') return value.replaceAll(hostileText, () => text);
  if (Array.isArray(value)) return value.map((item) => substitute(item, text));
  if (value instanceof Map)
    return new Map([...value].map(([key, item]) => [substitute(key, text), substitute(item, text)]));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, substitute(item, text)]));
}
