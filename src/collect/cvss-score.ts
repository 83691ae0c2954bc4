/** Turns a CVSS vector into its score. */
import calculator from 'ae-cvss-calculator';

const { Cvss3P0, Cvss3P1, Cvss4P0 } = calculator;

const forms = [
  ['CVSS:3.0/', Cvss3P0],
  ['CVSS:3.1/', Cvss3P1],
  ['CVSS:4.0/', Cvss4P0],
] as const;

const longestVector = 300;

/**
 * The score of a vector of CVSS 3.0, 3.1 (the base score) or 4.0 (with the threat metrics that it names, as GitHub gives it); null where it
 * is no such vector, names a metric twice, or leaves a base metric out.
 */
export function cvssScore(vector: string): number | null {
  const form = forms.find(([prefix]) => vector.startsWith(prefix));
  if (form === undefined || vector.length > longestVector) return null;
  const parts = vector.slice(form[0].length).split('/');
  const metrics = parts.map((part) => /^([A-Z]{1,3}):([A-Za-z]+)$/.exec(part)?.[1] ?? null);
  if (metrics.includes(null) || new Set(metrics).size < metrics.length) return null;
  try {
    const parsed = new form[1](vector);
    if (!parsed.isBaseFullyDefined()) return null;
    const { base, overall } = parsed.calculateScores();
    const score = form[1] === Cvss4P0 ? overall : base;
    return typeof score === 'number' && score >= 0 && score <= 10 ? score : null;
  } catch {
    return null;
  }
}
