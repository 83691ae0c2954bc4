/** A verdict -> a SARIF 2.1.0 log, within what GitHub's code scanning takes (docs.github.com, "SARIF support for code scanning"). */
import type { Log, Result } from 'sarif';
import type { JudgedFinding } from '../model/finding.ts';
import type { RuleMetadata } from '../model/rule.ts';
import { isListed } from './listed-findings.ts';
import type { ReportInput } from './report-input.ts';
import { describeInvocation, notificationDescriptors } from './sarif-notifications.ts';
import { absentResult, judgedResult, type ResultContext } from './sarif-results.ts';
import { describeRules } from './sarif-rules.ts';
import { terminalJson } from './terminal-escape.ts';

/** GitHub takes 25,000 results of a run, and shows as many. */
const mostResults = 5000;
/** GitHub takes 10 MB after gzip, which saves a fifth even of random text. */
const mostResultBytes = 12_000_000;

export interface SarifContext {
  readonly rules: readonly RuleMetadata[];
  /** Prefix of the scanned directory inside the repository, `` or `apps/shop/`. */
  readonly pathPrefix: string;
  /** Keeps the alerts of several gates in one repository apart; `` where there is one. */
  readonly commentKey: string;
  /**
   * Whether the findings of the base that are gone are told, as `absent`. False for code scanning: it does not know the word and
   * would open an alert for each; that one is not there any more is enough for it.
   */
  readonly withAbsent: boolean;
  /** What was judged, or null where nobody says. */
  readonly repository: { readonly url: string; readonly commit: string } | null;
}

/** The log, indented by two spaces, with a final line feed. */
export function renderSarif({ verdict, version }: ReportInput, context: SarifContext): string {
  const { rules, pathPrefix, commentKey, withAbsent, repository } = context;
  const shared: ResultContext = {
    pathPrefix,
    ruleIndexes: new Map(rules.map(({ id }, index) => [id, index])),
    compared: verdict.compared,
  };
  const { results, leftOut } = takeResults([
    ...verdict.findings.toSorted(compareWeight).map((finding) => () => judgedResult(finding, shared)),
    ...(withAbsent ? verdict.fixed : []).map((finding) => () => absentResult(finding, shared)),
  ]);
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'express-gate',
            informationUri: 'https://github.com/express-gate/express-gate',
            version,
            semanticVersion: version,
            rules: describeRules(rules, verdict.findings),
            notifications: notificationDescriptors,
          },
        },
        automationDetails: { id: automationId(commentKey) },
        invocations: [describeInvocation(verdict, shared, leftOut)],
        ...(repository === null
          ? {}
          : {
              versionControlProvenance: [
                {
                  repositoryUri: repository.url,
                  revisionId: repository.commit,
                  mappedTo: { uriBaseId: '%SRCROOT%' },
                },
              ],
            }),
        originalUriBaseIds: { '%SRCROOT%': { description: { text: "The repository's root." } } },
        columnKind: 'utf16CodeUnits',
        results,
      },
    ],
  };
  return `${terminalJson(JSON.stringify(log, null, 2))}\n`;
}

/** GitHub's category is what stands before the last slash: a key without one after it would not keep two gates apart. */
function automationId(commentKey: string): string {
  return commentKey === '' ? 'express-gate/' : `express-gate/${commentKey}/`;
}

/** What blocks, what else is to be acted on, what was there before, what is waived. */
function compareWeight(a: JudgedFinding, b: JudgedFinding): number {
  return weight(a) - weight(b);
}

function weight(finding: JudgedFinding): number {
  if (finding.outcome === 'block') return 0;
  if (isListed(finding)) return 1;
  return finding.outcome === 'warn' ? 2 : 3;
}

/** As many from the beginning as there is room for. */
function takeResults(makers: readonly (() => Result)[]): { results: Result[]; leftOut: number } {
  const results: Result[] = [];
  let bytes = 0;
  for (const make of makers.slice(0, mostResults)) {
    const result = make();
    bytes += Buffer.byteLength(JSON.stringify(result));
    if (bytes > mostResultBytes) break;
    results.push(result);
  }
  return { results, leftOut: makers.length - results.length };
}
