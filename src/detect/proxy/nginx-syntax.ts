/** Turns the text of an nginx configuration, or of a template of one, into its directives. */
import type { Location } from '../../model/location.ts';
import { TextLines } from '../text-lines.ts';

export interface NginxWord {
  /** Without quotes. */
  readonly text: string;
  readonly location: Location;
}

export interface NginxDirective {
  readonly name: string;
  readonly args: readonly NginxWord[];
  /** What stands in its braces; null where it ends with a semicolon. */
  readonly block: readonly NginxDirective[] | null;
  readonly file: string;
  /** From the name up to the semicolon or the opening brace, both included. */
  readonly location: Location;
  /** What its line begins with. */
  readonly indentation: string;
}

const maxDirectives = 20_000;
const maxDepth = 24;
const maxSize = 512 * 1024;

interface Token {
  readonly kind: 'word' | '{' | '}' | ';';
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/**
 * Reads the directives of a file as ngx_conf_read_token does (nginx 1.27, src/core/ngx_conf_file.c), and passes over the statements of
 * template languages around them (Jinja, ERB). What is broken ends where it breaks. Never throws.
 */
export function parseNginx(file: string, text: string): NginxDirective[] {
  if (text.length > maxSize) return [];
  return new Parser(new TextLines(file, text)).block(0);
}

class Parser {
  private readonly lines: TextLines;
  private readonly text: string;
  private at = 0;
  private count = 0;

  constructor(lines: TextLines) {
    this.lines = lines;
    this.text = lines.text;
  }

  block(depth: number): NginxDirective[] {
    const found: NginxDirective[] = [];
    let words: Token[] = [];
    for (let token = this.next(); token !== null; token = this.next()) {
      if (token.kind === 'word') words.push(token);
      else if (token.kind === '}') return found;
      else {
        const [name, ...args] = words;
        words = [];
        if (++this.count > maxDirectives) return found;
        if (name === undefined) {
          if (token.kind === '{') this.skipBlock();
          continue;
        }
        let block: NginxDirective[] | null = null;
        if (token.kind === '{') {
          // Lua has its own braces and semicolons.
          if (name.text.endsWith('_by_lua_block') || depth >= maxDepth) this.skipBlock();
          else block = this.block(depth + 1);
        }
        found.push({
          name: name.text,
          args: args.map(({ text, from, to }) => ({ text, location: this.lines.location(from, to) })),
          block,
          file: this.lines.file,
          location: this.lines.location(name.from, token.to),
          indentation: this.lines.indentation(name.from),
        });
      }
    }
    return found;
  }

  private skipBlock(): void {
    for (let depth = 1; depth > 0 && this.at < this.text.length; this.at++) {
      const character = this.text[this.at];
      if (character === '{') depth++;
      else if (character === '}') depth--;
    }
  }

  private next(): Token | null {
    const { text } = this;
    for (;;) {
      while (this.at < text.length && /\s/.test(text[this.at]!)) this.at++;
      if (this.at >= text.length) return null;
      if (text[this.at] === '#') this.skipTo('\n');
      else if (text.startsWith('{%', this.at)) this.skipTo('%}');
      else if (text.startsWith('{#', this.at)) this.skipTo('#}');
      else if (text.startsWith('<%', this.at) && text[this.at + 2] !== '=') this.skipTo('%>');
      else break;
    }
    const from = this.at;
    const character = text[from]!;
    if (text.startsWith('{{', from)) return this.word(from);
    if (character === '{' || character === '}' || character === ';') {
      this.at++;
      return { kind: character, text: character, from, to: this.at };
    }
    if (character === '"' || character === "'") return this.quoted(character);
    return this.word(from);
  }

  private skipTo(end: string): void {
    const found = this.text.indexOf(end, this.at);
    this.at = found === -1 ? this.text.length : found + end.length;
  }

  private quoted(quote: string): Token {
    const from = this.at;
    let value = '';
    for (this.at++; this.at < this.text.length && this.text[this.at] !== quote; this.at++) {
      if (this.text[this.at] === '\\') this.at++;
      value += this.text[this.at] ?? '';
    }
    this.at++;
    return { kind: 'word', text: value, from, to: Math.min(this.at, this.text.length) };
  }

  private word(from: number): Token {
    const { text } = this;
    while (this.at < text.length) {
      if (text.startsWith('${', this.at)) this.skipTo('}');
      else if (text.startsWith('{{', this.at)) this.skipTo('}}');
      else if (text.startsWith('<%', this.at)) this.skipTo('%>');
      else if (text[this.at] === '\\') this.at += 2;
      else if (/[\s;{]/.test(text[this.at]!)) break;
      else this.at++;
    }
    this.at = Math.min(this.at, text.length);
    return { kind: 'word', text: text.slice(from, this.at), from, to: this.at };
  }
}

/** Whether a word holds something that only a template engine or nginx itself fills in. */
export function isTemplated(text: string): boolean {
  return /\$\{|\{\{|<%|%%|__[A-Z_]+__|@@?[A-Z_]+@@?/.test(text);
}
