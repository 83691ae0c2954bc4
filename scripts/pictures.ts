/** A real run on a change -> docs/pictures/: the comment, the job summary and the annotations as GitHub shows them, in a real Chromium; fails where a phone would have to scroll sideways. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { selectAnnotations } from '../src/report/annotations.ts';
import { renderJobSummary } from '../src/report/job-summary.ts';
import { renderPrComment } from '../src/report/pr-comment.ts';
import { Chromium, findChromium } from './browser.ts';
import { diffPage, reportPage, type Scheme } from './github-page.ts';
import { type ChangeCase, judgeChange } from './pictures-case.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, 'docs/pictures');
/** A phone's page, and GitHub's on a desk. */
const widths = [375, 1012] as const;
const largest = 200_000;

/** Which of the looks are kept. A long page is cut: the beginning is what it looks like. */
const kept: readonly {
  readonly name: string;
  readonly page: PageName;
  readonly scheme: Scheme;
  readonly width: (typeof widths)[number];
  readonly height: number;
}[] = [
  { name: 'comment-light', page: 'comment', scheme: 'light', width: 1012, height: 0 },
  { name: 'comment-dark', page: 'comment', scheme: 'dark', width: 1012, height: 0 },
  { name: 'comment-phone', page: 'comment', scheme: 'light', width: 375, height: 0 },
  { name: 'annotations-light', page: 'annotations', scheme: 'light', width: 1012, height: 0 },
  { name: 'annotations-dark', page: 'annotations', scheme: 'dark', width: 1012, height: 0 },
  { name: 'summary', page: 'summary', scheme: 'light', width: 1012, height: 1200 },
];

type PageName = 'comment' | 'summary' | 'annotations';

function pagesOf({ report, files }: ChangeCase): Record<PageName, (scheme: Scheme) => string> {
  const links = {
    repositoryUrl: 'https://github.com/thornfield/shop',
    commit: '5f2c1c3a9b7e4d6f8a0b1c2d3e4f5a6b7c8d9e0f',
    pathPrefix: '',
    runUrl: 'https://github.com/thornfield/shop/actions/runs/1',
    policyFile: null,
  };
  const { annotations, leftOut: annotationsLeftOut } = selectAnnotations(report, links);
  const comment = renderPrComment(report, { ...links, commentKey: '', annotationsLeftOut });
  const summary = renderJobSummary(report, { ...links, annotationsLeftOut });
  return {
    comment: (scheme) =>
      reportPage(comment, { kind: 'comment', title: '<b>github-actions</b> bot commented', scheme }),
    summary: (scheme) =>
      reportPage(summary, { kind: 'summary', title: '<b>express-gate</b> summary', scheme }),
    annotations: (scheme) => diffPage(files, annotations, scheme),
  };
}

async function main(): Promise<void> {
  const path = findChromium();
  if (path === null)
    throw new Error(
      'There is no Chromium on this machine: install one (Debian: apt-get install chromium), or name it by the environment variable CHROMIUM.',
    );
  const pages = pagesOf(await judgeChange(root));
  const chromium = await Chromium.start(path);
  const faults: string[] = [];
  try {
    for (const [name, render] of Object.entries(pages))
      for (const scheme of ['light', 'dark'] as const)
        for (const width of widths) {
          const { tooWide } = await chromium.look(render(scheme), { width, height: 0, scale: 1 }, true);
          faults.push(...tooWide.map((what) => `${name}, ${scheme}, ${width} px: too wide: ${what}`));
        }
    mkdirSync(folder, { recursive: true });
    for (const { name, page, scheme, width, height } of kept) {
      const { png } = await chromium.look(pages[page](scheme), { width, height, scale: 1 });
      if (png.length > largest) faults.push(`${name}.png has ${png.length} bytes, more than ${largest}`);
      writeFileSync(join(folder, `${name}.png`), png);
      console.log(`docs/pictures/${name}.png (${Math.round(png.length / 1000)} kB)`);
    }
  } finally {
    await chromium.close();
  }
  if (faults.length > 0) {
    console.error(faults.join('\n'));
    process.exitCode = 1;
  }
}

await main();
