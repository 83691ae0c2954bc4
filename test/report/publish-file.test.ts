/** Holds the writing of reports to the user's path: whole files, and no way out through a link that the repository planted. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { writeReportFile } from '../../src/report/publish-file.ts';

const folder = await mkdtemp(join(tmpdir(), 'express-gate-file-'));
const base = join(folder, 'workspace');
const outside = join(folder, 'outside');
await mkdir(base);
await mkdir(outside);
after(() => rm(folder, { recursive: true }));

describe('a report file', () => {
  it('is written where the user says, in folders that are made, and replaced whole', async () => {
    await writeReportFile('out/deep/report.json', base, 'first, and longer');
    await writeReportFile('out/deep/report.json', base, 'second');
    assert.equal(await readFile(join(base, 'out/deep/report.json'), 'utf8'), 'second');
    assert.deepEqual(await readdir(join(base, 'out/deep')), ['report.json']);
  });

  it('may lie outside where the user himself says so', async () => {
    await writeReportFile(join(outside, 'absolute.json'), base, 'one');
    await writeReportFile('../outside/relative.json', base, 'two');
    assert.deepEqual((await readdir(outside)).sort(), ['absolute.json', 'relative.json']);
  });

  it('replaces a link that the repository planted in its place', async () => {
    await writeFile(join(outside, 'precious'), 'keep me');
    await symlink(join(outside, 'precious'), join(base, 'planted.json'));
    await writeReportFile('planted.json', base, 'report');
    assert.equal(await readFile(join(outside, 'precious'), 'utf8'), 'keep me');
    assert.equal(await readFile(join(base, 'planted.json'), 'utf8'), 'report');
  });

  it('is not led out by a link in its path, also where the folder is still to be made', async () => {
    await symlink(outside, join(base, 'way'), 'junction');
    for (const file of ['way/report.json', 'way/deep/er/report.json']) {
      await assert.rejects(writeReportFile(file, base, 'report'), /^Error: a symbolic link leads it out/);
    }
    assert.ok(!(await readdir(outside)).includes('deep'));
    assert.ok(!(await readdir(outside)).includes('report.json'));
  });

  it('that cannot be written is said without a path of the machine, and leaves nothing behind', async () => {
    await mkdir(join(base, 'taken'));
    await writeFile(join(base, 'file'), '');
    for (const file of ['taken', 'file/report.json']) {
      await assert.rejects(writeReportFile(file, base, 'report'), (error: Error) => {
        assert.match(error.message, /^it cannot be written \(E[A-Z]+\)$/);
        return true;
      });
    }
    assert.deepEqual(
      (await readdir(base)).filter((name) => name.startsWith('.')),
      [],
    );
  });
});
