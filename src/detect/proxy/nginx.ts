/** Turns the nginx configurations of a repository into what they do to requests: TLS, the headers passed on, HSTS. */
import { compareText } from '../../model/location.ts';
import type { Answer, ProxyConfig, ProxyHsts, ProxyPass, TlsSetting } from '../app-model.ts';
import { tlsVersion } from '../transport/tls-versions.ts';
import { isTemplated, type NginxDirective, parseNginx } from './nginx-syntax.ts';
import {
  cipherListSetting,
  maxAgeOf,
  newLine,
  openSetting,
  replacement,
  versionsSetting,
} from './tls-settings.ts';

/** What a level takes over from the one around it (nginx 1.27: a directive of its own replaces what is inherited; lists are replaced whole). */
interface Level {
  readonly protocols: NginxDirective | null;
  readonly ciphers: NginxDirective | null;
  readonly requestHeaders: HeaderList;
  readonly hsts: readonly NginxDirective[];
  readonly endsTls: boolean;
  /** Whether a server is around. */
  readonly inServer: boolean;
  /** Whether it is a location of a part of the site only. */
  readonly inPart: boolean;
}

/** proxy_set_header of one level; `missing`: an include whose file is not in the repository. */
interface HeaderList {
  readonly directives: readonly NginxDirective[];
  readonly missing: NginxDirective | null;
}

interface Found {
  readonly tls: Map<NginxDirective, TlsSetting>;
  /** Those that a server with TLS was seen to use. */
  readonly used: Set<NginxDirective>;
  readonly hsts: ProxyHsts[];
  readonly passes: ProxyPass[];
  readonly upstreams: Map<string, string[]>;
  endsTls: boolean;
  tlsServers: number;
}

const outermost: Level = {
  protocols: null,
  ciphers: null,
  requestHeaders: { directives: [], missing: null },
  hsts: [],
  endsTls: false,
  inServer: false,
  inPart: false,
};

/** Directives that are looked at, includes unfolded, in all configurations together. */
const maxSteps = 100_000;
const maxIncludes = 8;
/** Includes whose files are looked for. */
const maxTargets = 2_000;

/** Debian's and Ubuntu's own /etc/nginx/proxy_params sets X-Forwarded-Proto (nginx 1.18 to 1.26, debian/conf/proxy_params). */
const settingInclude = /(?:^|\/)proxy_params$/;
/** What nginx itself brings and what sets no header. */
const harmlessInclude =
  /(?:^|\/)(?:mime\.types|modules-enabled\/.*|modules\/.*|fastcgi_params|fastcgi\.conf|scgi_params|uwsgi_params|options-ssl-nginx\.conf|letsencrypt\/.*)$/;

/** `texts`: every nginx file of the repository by path. One configuration for each file that no other includes. Pure; never throws. */
export function readNginx(texts: ReadonlyMap<string, string>): ProxyConfig[] {
  const reader = new Reader(texts);
  return [...texts.keys()]
    .sort(compareText)
    .filter((file) => !reader.included.has(file))
    .map((file) => reader.read(file));
}

class Reader {
  private readonly trees: ReadonlyMap<string, readonly NginxDirective[]>;
  readonly included = new Set<string>();
  private readonly known = new Map<NginxDirective, readonly string[]>();
  private steps = 0;

  constructor(texts: ReadonlyMap<string, string>) {
    this.trees = new Map([...texts].map(([file, text]) => [file, parseNginx(file, text)]));
    for (const [file, tree] of this.trees) this.noteIncludes(file, tree);
  }

  private noteIncludes(file: string, directives: readonly NginxDirective[]): void {
    for (const directive of directives) {
      if (directive.name === 'include')
        for (const target of this.targets(directive)) if (target !== file) this.included.add(target);
      if (directive.block !== null) this.noteIncludes(file, directive.block);
    }
  }

  /** The files of the repository that an include stands for: the same name, in the directory that it names, as near as there is one. */
  private targets(include: NginxDirective): readonly string[] {
    let targets = this.known.get(include);
    if (targets === undefined) {
      targets = this.known.size < maxTargets ? this.find(include) : [];
      this.known.set(include, targets);
    }
    return targets;
  }

  private find({ args, file }: NginxDirective): string[] {
    const wanted = args[0]?.text ?? '';
    if (wanted === '' || isTemplated(wanted)) return [];
    const parts = wanted.split('/').filter((part) => part !== '' && part !== '.' && part !== '..');
    const name = parts.at(-1) ?? '';
    const folder = parts.at(-2) ?? null;
    const fits = nameTest(name);
    const directory = file.slice(0, file.lastIndexOf('/') + 1);
    const found = [...this.trees.keys()].filter((path) => {
      const at = path.split('/');
      return (
        path !== file &&
        fits(plainName(at.at(-1)!)) &&
        (folder === null || at.at(-2) === folder || isHome(folder))
      );
    });
    const near = found.filter((path) => path.startsWith(directory));
    return (near.length > 0 ? near : found).sort(compareText);
  }

  read(file: string): ProxyConfig {
    const found: Found = {
      tls: new Map(),
      used: new Set(),
      hsts: [],
      passes: [],
      upstreams: new Map(),
      endsTls: false,
      tlsServers: 0,
    };
    const { directives, missing } = this.unfold(this.trees.get(file) ?? []);
    this.noteUpstreams(directives, found);
    this.level(directives, missing, outermost, found);
    const settings = [...found.tls]
      // What every server with TLS replaces is in force nowhere.
      .filter(([directive]) => found.used.has(directive) || found.tlsServers === 0)
      .map(([, setting]) => setting);
    return {
      kind: 'nginx',
      file,
      endsTls: found.endsTls,
      passes: found.passes,
      tlsSettings: settings,
      hsts: found.hsts,
    };
  }

  /** A level's directives with those of included files in the place of the includes. */
  private unfold(
    directives: readonly NginxDirective[],
    depth = 0,
  ): { directives: NginxDirective[]; missing: NginxDirective | null } {
    const flat: NginxDirective[] = [];
    let missing: NginxDirective | null = null;
    for (const directive of directives) {
      if (++this.steps > maxSteps) break;
      if (directive.name !== 'include') {
        flat.push(directive);
        continue;
      }
      const targets = depth < maxIncludes ? this.targets(directive) : [];
      for (const target of targets) {
        const inner = this.unfold(this.trees.get(target) ?? [], depth + 1);
        flat.push(...inner.directives);
        missing ??= inner.missing;
      }
      // What a pattern takes in are whole servers, or nothing.
      const name = directive.args[0]?.text ?? '';
      if (targets.length === 0 && !name.includes('*') && !harmlessInclude.test(name)) missing ??= directive;
    }
    return { directives: flat, missing };
  }

  private noteUpstreams(directives: readonly NginxDirective[], found: Found, depth = 0): void {
    for (const { name, args, block } of directives) {
      if (block === null) continue;
      if (name === 'upstream' && args[0] !== undefined)
        found.upstreams.set(
          args[0].text,
          block.filter((inner) => inner.name === 'server').flatMap((inner) => inner.args[0]?.text ?? []),
        );
      else if (depth < 2) this.noteUpstreams(this.unfold(block).directives, found, depth + 1);
    }
  }

  private level(
    directives: readonly NginxDirective[],
    missing: NginxDirective | null,
    outer: Level,
    found: Found,
  ): void {
    const last = (name: string): NginxDirective | null =>
      directives.findLast((one) => one.name === name) ?? null;
    const own = directives.filter(({ name }) => name === 'proxy_set_header');
    const ownHeaders = directives.filter(({ name }) => name === 'add_header');
    const level: Level = {
      ...outer,
      protocols: last('ssl_protocols') ?? outer.protocols,
      ciphers: last('ssl_ciphers') ?? outer.ciphers,
      requestHeaders:
        own.length > 0 || missing !== null
          ? { directives: own.length > 0 ? own : outer.requestHeaders.directives, missing }
          : outer.requestHeaders,
      hsts: ownHeaders.length > 0 ? ownHeaders.filter(isHsts) : outer.hsts,
    };
    for (const directive of directives) this.noteSetting(directive, found);
    for (const directive of ownHeaders.filter(isHsts)) {
      const value = directive.args[1]?.text ?? '';
      found.hsts.push({ maxAge: isTemplated(value) ? null : maxAgeOf(value), location: directive.location });
    }
    for (const directive of directives) {
      if (directive.name === 'proxy_pass') this.pass(directive, level, found);
      if (directive.block === null || directive.name === 'upstream' || directive.name === 'types') continue;
      const inner = this.unfold(directive.block);
      if (this.steps > maxSteps) return;
      this.level(
        inner.directives,
        inner.missing,
        directive.name === 'server' && !level.inServer
          ? this.server(inner.directives, level, found)
          : directive.name === 'location'
            ? { ...level, inPart: directive.args.at(-1)?.text !== '/' }
            : level,
        found,
      );
    }
  }

  private server(directives: readonly NginxDirective[], outer: Level, found: Found): Level {
    const endsTls = directives.some(
      ({ name, args }) =>
        (name === 'listen' &&
          (args.some(({ text }) => text === 'ssl' || text === 'quic') ||
            /(?:^|:)443$/.test(args[0]?.text ?? ''))) ||
        (name === 'ssl' && args[0]?.text === 'on') ||
        name === 'ssl_certificate',
    );
    if (endsTls) {
      found.tlsServers++;
      found.endsTls = true;
      const own = (name: string): NginxDirective | null =>
        directives.findLast((one) => one.name === name) ?? null;
      for (const used of [own('ssl_protocols') ?? outer.protocols, own('ssl_ciphers') ?? outer.ciphers])
        if (used !== null) found.used.add(used);
    }
    return { ...outer, endsTls, inServer: true };
  }

  private noteSetting(directive: NginxDirective, found: Found): void {
    const { name, args, location } = directive;
    if (found.tls.has(directive) || args.length === 0) return;
    if (name === 'ssl_protocols') {
      const templated = args.find(({ text }) => isTemplated(text));
      if (templated !== undefined) {
        found.tls.set(directive, openSetting({ name, location }, 'versions', filledIn(templated.text)));
        return;
      }
      const versions = args.map(({ text }) => tlsVersion(text)).filter((version) => version !== null);
      found.tls.set(
        directive,
        versionsSetting(
          { name, location },
          versions,
          replacement(location, 'ssl_protocols TLSv1.2 TLSv1.3;', 'Accept TLS 1.2 and 1.3 only'),
        ),
      );
    } else if (name === 'ssl_ciphers') {
      const text = args.map((arg) => arg.text).join(' ');
      found.tls.set(
        directive,
        isTemplated(text)
          ? openSetting({ name, location }, 'ciphers', filledIn(text))
          : cipherListSetting({ name, location }, text),
      );
    }
  }

  private pass(directive: NginxDirective, level: Level, found: Found): void {
    const upstream = directive.args[0]?.text ?? '';
    const { directives, missing } = level.requestHeaders;
    // A part that is for web sockets: Express answers none of them.
    if (level.inPart && directives.some(({ args }) => args[0]?.text.toLowerCase() === 'upgrade')) return;
    found.passes.push({
      upstream,
      targets: targetsOf(upstream, found.upstreams),
      location: directive.location,
      endsTls: level.endsTls,
      forwardsProto: forwards(directives, missing),
      related: directives.slice(0, 1).map(({ location }) => ({
        file: location.file,
        line: location.line,
        column: location.column,
        message: 'these headers are set, and no X-Forwarded-Proto',
      })),
      fix: headerFix(directive, directives.at(-1) ?? null),
    });
  }
}

function isHsts({ args }: NginxDirective): boolean {
  return args[0]?.text.toLowerCase() === 'strict-transport-security';
}

function forwards(directives: readonly NginxDirective[], missing: NginxDirective | null): Answer {
  if (
    directives.some(
      ({ args }) => args[0]?.text.toLowerCase() === 'x-forwarded-proto' && (args[1]?.text ?? '') !== '',
    )
  )
    return { kind: 'yes' };
  if (missing === null) return { kind: 'no' };
  const name = missing.args[0]?.text ?? '';
  if (settingInclude.test(name)) return { kind: 'yes' };
  return {
    kind: 'unknown',
    reason: { kind: 'file', text: `it depends on the file \`${name}\`, which is not in the repository` },
  };
}

function headerFix(pass: NginxDirective, last: NginxDirective | null): ReturnType<typeof newLine> {
  const text = 'proxy_set_header X-Forwarded-Proto $scheme;';
  const description = 'Tell the application by which protocol the request came';
  return last === null
    ? newLine(pass.location, 'before', pass.indentation, text, description)
    : newLine(last.location, 'after', last.indentation, text, description);
}

/** `http://backend/path` -> where it leads, by the upstream of that name. */
function targetsOf(upstream: string, upstreams: ReadonlyMap<string, string[]>): string[] {
  const host = /^[a-z]+:\/\/([^/]+)/i.exec(upstream)?.[1] ?? upstream.split('/')[0]!;
  if (host.includes('$') || isTemplated(host)) return [];
  return upstreams.get(host) ?? (host === '' ? [] : [host]);
}

function filledIn(text: string): string {
  const variable = /\$\{\s*([A-Za-z_]\w{0,80})/.exec(text)?.[1];
  return variable === undefined
    ? 'the template is filled in by something that is not in the repository'
    : `it depends on the environment variable \`${variable}\`, which fills in the template`;
}

/** Templates carry endings that the files made of them do not. */
function plainName(name: string): string {
  return name.replace(/\.(?:template|tmpl|tpl|erb|j2|jinja2?|ejs|example|sample|dist)$/i, '');
}

/** Directories that stand for the configuration's root itself. */
function isHome(folder: string): boolean {
  return folder === 'nginx' || folder === 'conf';
}

/** A file name with `*` and `?` as a test. */
function nameTest(pattern: string): (name: string) => boolean {
  const plain = plainName(pattern);
  if (!/[*?]/.test(plain)) return (name) => name === plain;
  const [first = '', ...rest] = plain.split('*');
  return (name) => {
    if (first.includes('?') || !name.startsWith(first)) return false;
    let at = first.length;
    for (const [index, part] of rest.entries()) {
      const found = index === rest.length - 1 ? name.length - part.length : name.indexOf(part, at);
      if (found < at || !name.startsWith(part, found)) return false;
      at = found + part.length;
    }
    return true;
  };
}
