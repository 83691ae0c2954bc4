/** Turns requests into what a browser would see of them: Set-Cookie fields taken apart, cookies and hidden form fields sent back. */

export interface SetCookie {
  readonly name: string;
  readonly value: string;
  /** Attribute names in lower case; a flag has the empty string. */
  readonly attributes: ReadonlyMap<string, string>;
}

/** A response read to its end: express-session saves the session before the last byte, not before the first. */
export interface Page {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export function setCookies(page: Page): SetCookie[] {
  return page.headers.getSetCookie().map((line) => {
    const [pair = '', ...attributes] = line.split(';').map(splitOnce);
    return {
      name: pair[0],
      value: pair[1],
      attributes: new Map(attributes.map(([name, value]) => [name.toLowerCase(), value])),
    };
  });
}

function splitOnce(text: string): [string, string] {
  const at = text.indexOf('=');
  return at < 0 ? [text.trim(), ''] : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}

/** The anti-forgery token in a page's form. */
export function formToken(page: Page): string {
  const token = /name="_csrf" value="([^"]+)"/.exec(page.text)?.[1];
  if (token === undefined) throw new Error(`no token in the page:\n${page.text}`);
  return token;
}

/** A visitor with a cookie jar who follows no redirect; `headers` go with every request. */
export class Visitor {
  readonly cookies = new Map<string, string>();
  readonly #origin: string;
  readonly #headers: Record<string, string>;

  constructor(origin: string, headers: Record<string, string> = {}) {
    this.#origin = origin;
    this.#headers = headers;
  }

  get(address: string): Promise<Page> {
    return this.#send(address, {});
  }

  post(address: string, fields: Record<string, string>): Promise<Page> {
    return this.#send(address, { method: 'POST', body: new URLSearchParams(fields) });
  }

  /** Loads the page of a form and posts the form to the same address with the page's token. */
  async submit(address: string, fields: Record<string, string>): Promise<Page> {
    return this.post(address, { ...fields, _csrf: formToken(await this.get(address)) });
  }

  async #send(address: string, init: RequestInit): Promise<Page> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...this.#headers, ...(cookie && { cookie }) };
    const response = await fetch(new URL(address, this.#origin), { ...init, headers, redirect: 'manual' });
    const page = { status: response.status, headers: response.headers, text: await response.text() };
    for (const { name, value } of setCookies(page)) {
      if (value) this.cookies.set(name, value);
      else this.cookies.delete(name);
    }
    return page;
  }
}
