/** Pages -> what a real Chromium makes of them: pictures, and what is wider than its place. */
import { accessSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Where Debian, other Linux systems, macOS and Windows put it. */
const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
];

/** Path of a Chromium on this machine: the environment variable CHROMIUM, else the usual places; null where there is none. */
export function findChromium(): string | null {
  const named = process.env.CHROMIUM;
  const places = named === undefined || named === '' ? usualPlaces : [named];
  return (
    places.find((path) => {
      try {
        accessSync(path);
        return true;
      } catch {
        return false;
      }
    }) ?? null
  );
}

/** `height` 0: as high as the page. `scale`: device pixels of one CSS pixel. */
export interface View {
  readonly width: number;
  readonly height: number;
  readonly scale: number;
}

export class Chromium {
  readonly #browser: Browser;

  private constructor(browser: Browser) {
    this.#browser = browser;
  }

  /** @throws Error where it does not start. Nothing is loaded from the net. */
  static async start(executablePath: string): Promise<Chromium> {
    // Chromium does not sandbox itself for root, as whom containers run; it shows our own pages alone.
    return new Chromium(await chromium.launch({ executablePath, args: ['--no-sandbox'], timeout: 120_000 }));
  }

  /** `html` with every fold open if `unfold`: what is wider than its place, in words, and the picture as PNG. */
  async look(
    html: string,
    { width, height, scale }: View,
    unfold = false,
  ): Promise<{ readonly tooWide: readonly string[]; readonly png: Buffer }> {
    const page = await this.#browser.newPage({
      viewport: { width, height: height === 0 ? 600 : height },
      deviceScaleFactor: scale,
      offline: true,
    });
    page.setDefaultTimeout(120_000);
    try {
      await page.setContent(html, { waitUntil: 'domcontentloaded' });
      const tooWide: string[] = await page.evaluate(`(${findTooWide})(${unfold})`);
      const png = await page.screenshot({ fullPage: height === 0 });
      return { tooWide, png };
    } finally {
      await page.close();
    }
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }
}

/** Runs in the page. Blocks of code scroll on GitHub, and nobody minds; a table that has to be scrolled hides what to do. */
const findTooWide = `(unfold) => {
  if (unfold) for (const fold of document.querySelectorAll('details')) fold.open = true;
  const name = (element) => element.tagName.toLowerCase() + ': ' + element.textContent.trim().slice(0, 120);
  const found = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) found.push('the page: ' + root.scrollWidth + ' px in ' + root.clientWidth);
  for (const element of document.querySelectorAll('main *')) {
    if (element.closest('pre') !== null || getComputedStyle(element).display === 'inline') continue;
    if (element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1) found.push(name(element) + ' (' + element.scrollWidth + ' px in ' + element.clientWidth + ')');
  }
  return found;
}`;
