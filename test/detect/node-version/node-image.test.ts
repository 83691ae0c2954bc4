/** References of images: which Node.js they bring, as far as name, tag and arguments tell. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readDockerfile } from '../../../src/detect/environment/dockerfile.ts';
import { readImage } from '../../../src/detect/node-version/node-image.ts';

const today = '2026-11-24';

/** The lines, the reason, or null, of the last stage of a Dockerfile. */
function ofDockerfile(text: string): string | null {
  const stage = readDockerfile(text, 'Dockerfile').at(-1)!;
  const meaning = readImage(stage.base, today);
  if (meaning === null) return null;
  return meaning.kind === 'unknown' ? meaning.reason : meaning.lines.map(({ name }) => name).join(' ');
}

const of = (image: string): string | null => ofDockerfile(`FROM ${image}\n`);

describe('readImage', () => {
  const lines: Readonly<Record<string, string>> = {
    'node:16': '16',
    'node:16.20.2-alpine3.18': '16',
    'node:0.10-slim': '0.10',
    'docker.io/library/node:18-bookworm': '18',
    'node:16@sha256:0123456789abcdef': '16',
    'registry.example:5000/mirror/node:14': '14',
    'registry.example:5000/node': '26',
    'arm64v8/node:14': '14',
    'bitnami/node:16.20.2-debian-11-r0': '16',
    'cimg/node:16.20': '16',
    'circleci/node:10-browsers': '10',
    'mhart/alpine-node:8': '8',
    'keymetrics/pm2:16-alpine': '16',
    'gcr.io/distroless/nodejs18-debian12:nonroot': '18',
    'gcr.io/distroless/nodejs:16': '16',
    'public.ecr.aws/lambda/nodejs:16': '16',
    'public.ecr.aws/lambda/nodejs:16.2023.10.11.13-x86_64': '16',
    'amazon/aws-lambda-nodejs:14': '14',
    'registry.access.redhat.com/ubi8/nodejs-16:latest': '16',
    'mcr.microsoft.com/azure-functions/node:4-node16': '16',
    'nikolaik/python-nodejs:python3.9-nodejs14-slim': '14',
    node: '26',
    'node:lts': '26',
    'node:lts-alpine3.22': '26',
    'node:current-slim': '26',
    'node:alpine': '26',
    'node:bookworm-slim': '26',
    'node:hydrogen-slim': '18',
    'node:argon': '4',
  };
  for (const [image, expected] of Object.entries(lines))
    it(image, () => {
      assert.equal(of(image), expected);
    });

  it('leaves other images alone', () => {
    for (const image of [
      'nginx:1.16',
      'someone/node:3',
      'python:3.9',
      'scratch',
      'hackmdio/runtime:16.20.2',
      'node-app',
    ])
      assert.equal(of(image), null, image);
  });

  it('does not know what hides', () => {
    assert.match(of('node@sha256:0123')!, /digest/);
    assert.match(of('gcr.io/distroless/nodejs:debug')!, /not known/);
    assert.match(of('node:nightly')!, /not known/);
    assert.match(of('node:$VERSION-alpine')!, /build argument VERSION$/);
    assert.match(of('node:16$SUFFIX')!, /build argument SUFFIX$/);
    assert.match(of('$BASE')!, /build argument BASE$/);
    assert.equal(of('nginx:$VERSION'), null);
  });

  it('fills in arguments from before the first stage', () => {
    assert.equal(ofDockerfile(`ARG V=16\nFROM node:\${V}-alpine\n`), '16');
    assert.equal(ofDockerfile('ARG V="16"\nARG I=node:$V\nFROM $I\n'), '16');
    assert.equal(ofDockerfile('FROM $HOST/node:18-slim\n'), '18');
    assert.equal(ofDockerfile('FROM node:16-$VARIANT\n'), '16');
    assert.match(ofDockerfile('ARG V\nFROM node:$V\n')!, /V$/);
    // ARG within a stage does not count for FROM.
    assert.match(ofDockerfile('FROM alpine\nARG V=16\nFROM node:$V\n')!, /V$/);
  });

  it('follows stages', () => {
    assert.equal(
      ofDockerfile('FROM node:16 AS Base\nFROM node:24 AS build\nFROM base\nCOPY --from=build /a /a\n'),
      '16',
    );
    assert.equal(ofDockerfile('FROM node:16 AS build\nFROM nginx\nCOPY --from=build /a /a\n'), null);
    assert.equal(ofDockerfile('FROM --platform=$BUILDPLATFORM node:18\n'), '18');
  });

  it('knows where the reference stands', () => {
    const [stage] = readDockerfile(
      `ARG V=16\nFROM --platform=linux/amd64 \\\n  node:\${V} AS base\n`,
      'Dockerfile',
    );
    assert.deepEqual(stage!.base.location, {
      file: 'Dockerfile',
      line: 3,
      column: 3,
      endLine: 3,
      endColumn: 12,
    });
    assert.deepEqual(stage!.base.arguments, [
      { name: 'V', location: { file: 'Dockerfile', line: 1, column: 5, endLine: 1, endColumn: 9 } },
    ]);
  });

  it('answers any text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        for (const stage of readDockerfile(`FROM ${text}\n`, 'Dockerfile')) readImage(stage.base, today);
      }),
    );
  });
});
