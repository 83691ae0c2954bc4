/** Turns the reference of a container image into the release lines of Node.js that it brings. */
import { lineOfAlias, nodeLineState } from '../../data/node-releases.ts';
import type { DockerBase } from '../environment/dockerfile.ts';
import type { NodeMeaning } from '../node-facts.ts';
import { quoted, readSpecifier } from './node-specifier.ts';

/** Stands for a part of a reference that is not known. */
const open = '\0';

/** Whose images named `node` carry the version of Node.js in their tag; those of others may count in their own way. */
const organisations =
  /^(?:library|bitnami|bitnamilegacy|cimg|circleci|chainguard|(?:arm32v[5-7]|arm64v8|amd64|i386|ppc64le|s390x|riscv64))$/;

/** What an image is built on, where the tag says nothing else: then it is the current release. */
const operatingSystem =
  /^(?:alpine[\d.]*|slim|bullseye|bookworm|trixie|forky|buster|stretch|jessie|wheezy|onbuild)$/;

/**
 * What an image brings, or null where it is none of Node.js as far as its name tells. A reference that hangs on arguments which the
 * repository does not give is unknown, and says on which.
 */
export function readImage(base: DockerBase, today: string): NodeMeaning | null {
  if (base.value !== null) return imageMeaning(base.value, today);
  const names = base.arguments.map(({ name }) => name);
  const hangs: NodeMeaning = {
    kind: 'unknown',
    reason:
      names.length === 0
        ? `depends on what is put in place of the variables in ${quoted(base.text)}`
        : `depends on the build argument ${names.join(', ')}`,
  };
  if (base.fallback !== null) {
    const usual = imageMeaning(base.fallback, today);
    // What is there unless somebody says otherwise is maintained: nothing to ask.
    if (usual === null || isMaintained(usual, today)) return usual;
    return { ...hangs, reason: `${hangs.reason} (without it: ${quoted(base.fallback)})` };
  }
  const template = base.text.replace(/\$\{[^}]{0,200}\}|\$\w{1,200}/g, open);
  const meaning = imageMeaning(template, today);
  if (meaning?.kind === 'lines') return meaning;
  return meaning !== null || /^\0+(?::|$)/.test(template) ? hangs : null;
}

function isMaintained(meaning: NodeMeaning, today: string): boolean {
  return (
    meaning.kind === 'lines' &&
    (meaning.newer || meaning.lines.some((line) => nodeLineState(line, today) === 'supported'))
  );
}

function imageMeaning(reference: string, today: string): NodeMeaning | null {
  const [named = '', digest] = reference.split('@');
  const parts = named.split('/');
  const [name = '', tag = ''] = parts.pop()!.split(':');
  const host = parts.length > 0 && /[.:\0]|^localhost$/.test(parts[0]!) ? parts.shift()! : '';
  const path = [...parts, name].join('/').toLowerCase();
  const written = writtenVersion(path, host.toLowerCase(), tag.toLowerCase());
  if (written === null) return null;
  if (written === '') {
    if (digest !== undefined)
      return {
        kind: 'unknown',
        reason: `the digest of ${quoted(reference)} does not say which Node.js it is`,
      };
    return tag === '' ? readSpecifier('latest', today) : unknownTag(reference);
  }
  const version = /^v?(\d+(?:\.\d+){0,2})(?![\d\0])/.exec(written)?.[1];
  if (version !== undefined) return readSpecifier(version, today);
  const [first = ''] = written.split('-');
  if (operatingSystem.test(first)) return readSpecifier('current', today);
  return lineOfAlias(first, today) === null ? unknownTag(reference) : readSpecifier(first, today);
}

function unknownTag(reference: string): NodeMeaning {
  return {
    kind: 'unknown',
    reason: `which version of Node.js the image ${quoted(reference.replaceAll(open, '…'))} brings is not known`,
  };
}

/** What of name and tag tells the version; empty where neither does, null where it is no image of Node.js. */
function writtenVersion(path: string, host: string, tag: string): string | null {
  const segments = path.split('/');
  const name = segments.at(-1)!;
  const organisation = segments.at(-2) ?? '';
  // Google's distroless images: `nodejs18-debian12`, before that `nodejs:16`.
  const distroless = /^nodejs(\d*)(?:-debian\d+)?$/.exec(name);
  if (distroless !== null && organisation === 'distroless')
    return distroless[1] !== '' ? distroless[1]! : /^\d/.test(tag) ? tag : '';
  if (/^(?:lambda\/nodejs|amazon\/aws-lambda-nodejs)$/.test(path)) return /^\d+/.exec(tag)?.[0] ?? '';
  const ubi = /^nodejs-(\d+)(?:-minimal|-centos7|-rhel7)?$/.exec(name);
  if (ubi !== null && /^(?:ubi\d+|rhscl|centos7|fedora|sclorg)$/.test(organisation)) return ubi[1]!;
  if (path === 'azure-functions/node' || path === 'nikolaik/python-nodejs')
    return /node(?:js)?(\d+(?:\.\d+)*)/.exec(tag)?.[1] ?? '';
  if (path === 'appsvc/node' || path === 'mhart/alpine-node' || path === 'keymetrics/pm2') return tag;
  if (name !== 'node') return null;
  if (organisation === '' || organisations.test(organisation)) return tag;
  // A mirror of a company's own (`registry.example/docker-hub/node:16`) keeps the tags; `someone/node` on Docker Hub need not.
  return host === '' || host === 'docker.io' ? null : tag;
}
