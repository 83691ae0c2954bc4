/** Holds the reader of Dockerfiles to the forms of its instructions. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of shells, not of templates
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readDockerfile } from '../../../src/detect/environment/dockerfile.ts';

function environment(text: string): Record<string, string | null> {
  const stage = readDockerfile(text, 'Dockerfile').at(-1);
  return Object.fromEntries([...(stage?.settings ?? [])].map(([name, { value }]) => [name, value]));
}

function command(text: string): string | null {
  return readDockerfile(text, 'Dockerfile').at(-1)?.command?.text ?? null;
}

describe('readDockerfile', () => {
  it('reads both forms of ENV', () => {
    assert.deepEqual(
      environment(
        `FROM node\nENV A=1 B="two words" C='x $A' D=a\\ b\nENV E three words here\nenv F=\nENV G="$A-\${B}"\n`,
      ),
      { A: '1', B: 'two words', C: 'x $A', D: 'a b', E: 'three words here', F: '', G: '1-two words' },
    );
  });

  it('goes on over lines, comments and empty lines', () => {
    const text = 'FROM node\r\nENV A=1 \\\r\n  # comment\r\n\r\n  B=2 \\\r\n  C=3\r\nENV D=4\r\n';
    assert.deepEqual(environment(text), { A: '1', B: '2', C: '3', D: '4' });
    const { settings } = readDockerfile(text, 'd/Dockerfile')[0]!;
    assert.deepEqual(settings.get('C')!.location, {
      file: 'd/Dockerfile',
      line: 6,
      column: 3,
      endLine: 6,
      endColumn: 6,
    });
    assert.deepEqual(settings.get('A')!.location, {
      file: 'd/Dockerfile',
      line: 2,
      column: 5,
      endLine: 2,
      endColumn: 8,
    });
  });

  it('knows another escape character, and scripts within', () => {
    assert.deepEqual(environment('# escape=`\nFROM node\nENV A=1 `\n B=2\n'), { A: '1', B: '2' });
    assert.deepEqual(environment('FROM node\nRUN <<EOF\nENV A=1\nEOF\nENV B=2\n'), { B: '2' });
  });

  it('hands the environment on from stage to stage', () => {
    const stages = readDockerfile(
      'FROM node:24 AS Base\nENV A=1\nCMD ["node","a.js"]\nFROM scratch AS other\nENV B=2\nFROM base\nENV C=3\n',
      'Dockerfile',
    );
    assert.deepEqual([...stages[2]!.settings.keys()], ['A', 'C']);
    assert.equal(stages[2]!.image, 'node:24');
    assert.equal(stages[2]!.command?.text, 'node a.js');
    assert.deepEqual(
      stages.map(({ name }) => name),
      ['base', 'other', null],
    );
  });

  it('follows ARG, its defaults, and what a build gives', () => {
    const text = 'ARG V=1\nFROM node:$V\nARG V\nARG W=w\nARG X\nENV A=$V B=$W C=$X D=${X:-x}\n';
    assert.deepEqual(environment(text), { A: '1', B: 'w', C: null, D: null });
    const given = readDockerfile(text, 'Dockerfile', new Map([['X', { value: 'given', fallback: null }]]));
    assert.equal(given[0]!.settings.get('C')!.value, 'given');
    assert.equal(given[0]!.settings.get('D')!.value, 'given');
    assert.equal(readDockerfile(text, 'Dockerfile')[0]!.settings.get('D')!.fallback, 'x');
  });

  it('reads what is started', () => {
    assert.equal(command('FROM node\nCMD node app.js\n'), 'node app.js');
    assert.equal(command('FROM node\nCMD ["sh", "-c", "A=1 node app.js"]\n'), 'A=1 node app.js');
    assert.equal(
      command('FROM node\nENTRYPOINT ["dumb-init", "--"]\nCMD ["node", "app.js"]\n'),
      'dumb-init -- node app.js',
    );
    assert.equal(command('FROM node\nCMD ["a"]\nENTRYPOINT ["node"]\n'), 'node');
    assert.equal(command('FROM node\n'), null);
  });

  it('ends on anything', { timeout: 10_000 }, () => {
    for (const text of [
      '',
      'ENV',
      'ENV A',
      'FROM',
      'FROM a AS a\nFROM a AS a\nFROM a',
      'FROM x\nENV '.repeat(20_000),
      `FROM x\nENV ${'A=1 '.repeat(50_000)}`,
      `FROM x\nENV A=${'"'.repeat(100_000)}`,
      `FROM x\nENV A=1${' \\\n'.repeat(50_000)}`,
      `FROM x\nENV A=${'$A'.repeat(20_000)}`,
      'RUN <<EOF\n'.repeat(3_000),
      'FROM x\nENV __proto__=1',
    ])
      readDockerfile(text, 'Dockerfile');
  });
});
