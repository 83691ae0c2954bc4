/** Attacks by git: a configuration, hooks, filters and helpers in the checkout, and histories that lie. */
import assert from 'node:assert/strict';
import { chmodSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { removeCheckouts } from '../action/checkout.ts';
import { faultyShop, inFolder, mendedShop } from '../action/shops.ts';
import { attack, git, withstand } from './attack.ts';
import { Trap } from './trap.ts';

after(removeCheckouts);

const hooks = [
  'applypatch-msg', 'fsmonitor-watchman', 'post-applypatch', 'post-checkout', 'post-commit', 'post-index-change', 'post-merge', 'post-rewrite', 'post-update', 'pre-auto-gc', 'pre-commit', 'pre-merge-commit', 'pre-push', 'pre-rebase', 'proc-receive', 'push-to-checkout', 'reference-transaction', 'sendemail-validate', 'update',
]; // biome-ignore format: a list to be read as one

/** Settings by which git starts a program, each with a command that marks it. */
function programs(trap: Trap): [string, string][] {
  const names = [
    'core.fsmonitor', 'core.sshCommand', 'core.gitProxy', 'core.alternateRefsCommand', 'core.askPass', 'core.editor', 'core.pager', 'pager.ls-tree', 'pager.ls-files', 'pager.cat-file', 'credential.helper', 'diff.external', 'diff.evil.command', 'diff.evil.textconv', 'filter.evil.clean', 'filter.evil.smudge', 'filter.evil.process', 'gc.recentObjectsHook', 'gpg.program', 'gpg.ssh.program', 'interactive.diffFilter', 'merge.evil.driver', 'remote.origin.uploadpack', 'remote.origin.receivepack', 'sequence.editor', 'trailer.evil.command', 'uploadpack.packObjectsHook', 'hook.evil.command', 'log.mailmap', 'fetch.hideRefs',
  ]; // biome-ignore format: a list to be read as one
  return [
    ...names.map((name): [string, string] => [name, trap.executable(name)]),
    ...['ls-files', 'ls-tree', 'cat-file', 'rev-parse', 'fetch', 'merge-base'].map(
      (command): [string, string] => [`alias.${command}`, `!${trap.executable(`alias-${command}`)}`],
    ),
    ['credential.helper', `!${trap.executable('helper')}`],
    ['submodule.evil.update', `!${trap.executable('submodule')}`],
    ['hook.evil.event', 'reference-transaction'],
    ['log.showSignature', 'true'],
    ['filter.evil.required', 'true'],
    ['core.attributesFile', join(trap.folder, 'attributes')],
    ['maintenance.auto', 'true'],
    ['gc.auto', '1'],
    ['gc.autoDetach', 'false'],
  ];
}

/** A configuration in the checkout, written by git itself. */
function configure(
  workspace: string,
  settings: readonly (readonly [string, string])[],
  more: string[] = [],
): void {
  for (const [name, value] of settings) git(workspace, 'config', ...more, '--add', name, value);
}

const attributes = {
  '.gitattributes': '* filter=evil diff=evil merge=evil text eol=crlf\n',
};

// The programs in the traps are shell scripts.
describe('git', { skip: process.platform === 'win32', concurrency: 2 }, () => {
  it('as it is run by anybody else, springs such a trap', async () => {
    const trap = await new Trap().start();
    try {
      git(trap.folder, 'init', '--quiet', 'shop');
      configure(join(trap.folder, 'shop'), [['core.fsmonitor', trap.executable('core.fsmonitor')]]);
      git(join(trap.folder, 'shop'), 'status');
      assert.deepEqual(trap.sprung(), ['core.fsmonitor']);
    } finally {
      await trap.stop();
    }
  });

  for (const depth of [1, 2]) {
    const how = depth === 1 ? 'with a base to be fetched' : 'with the base at hand';
    it(`runs no program that the configuration of the checkout names, ${how}`, async () => {
      await withstand({
        depth,
        files: attributes,
        prepare: ({ workspace }, trap) => {
          writeFileSync(join(trap.folder, 'attributes'), '* filter=evil diff=evil\n');
          configure(workspace, programs(trap));
        },
      });
    });

    it(`runs no program of an included configuration or that of a work tree, ${how}`, async () => {
      await withstand({
        depth,
        files: attributes,
        prepare: ({ workspace }, trap) => {
          const file = join(trap.folder, 'included');
          configure(workspace, programs(trap), ['--file', file]);
          git(workspace, 'config', 'include.path', file);
          git(workspace, 'config', 'includeIf.gitdir:**.path', file);
          git(workspace, 'config', 'extensions.worktreeConfig', 'true');
          configure(workspace, programs(trap), ['--worktree']);
        },
      });
    });

    it(`runs no hook, ${how}`, async () => {
      await withstand({
        depth,
        prepare: ({ workspace }, trap) => {
          const folder = join(trap.folder, 'hooks');
          for (const place of [folder, join(workspace, '.git', 'hooks')]) {
            mkdirSync(place, { recursive: true });
            for (const hook of hooks) {
              writeFileSync(join(place, hook), trap.program(`hook-${hook}`));
              chmodSync(join(place, hook), 0o755);
            }
          }
          git(workspace, 'config', 'core.hooksPath', folder);
        },
      });
    });

    it(`asks nobody else, ${how}`, async () => {
      await withstand({
        depth,
        prepare: ({ workspace }, trap) => {
          const server = 'http://127.0.0.1';
          configure(workspace, [
            ['remote.origin.proxy', trap.url],
            ['remote.origin.promisor', 'true'],
            ['remote.origin.url', trap.url],
            ['remote.origin.partialCloneFilter', 'blob:none'],
            ['core.repositoryFormatVersion', '1'],
            ['extensions.partialClone', 'origin'],
            ['protocol.allow', 'always'],
            ['protocol.ext.allow', 'always'],
            ['remote.evil.vcs', 'ext'],
            ['remote.evil.url', `ext::${trap.executable('ext')}`],
            [`credential.${server}.helper`, `!${trap.executable('helper')}`],
          ]);
        },
      });
    });
  }

  const detours: Record<string, (trap: Trap, server: string) => [string, string][]> = {
    'url.insteadOf, to a program': (trap, server) => [
      [`url.ext::${trap.executable('ext')} .insteadOf`, server],
      ['protocol.ext.allow', 'always'],
    ],
    'url.insteadOf, to another server': (trap, server) => [[`url.${trap.url}.insteadOf`, `${server}/`]],
    'a proxy': (trap) => [['http.proxy', trap.url]],
    'a proxy for this server alone': (trap, server) => [[`http.${server}/.proxy`, trap.url]],
    'a proxy for this repository alone': (trap, server) => [[`http.${server}/octo/shop.git.proxy`, trap.url]],
    'a helper for this server alone': (trap, server) => [
      [`credential.${server}.helper`, `!${trap.executable('helper')}`],
    ],
    'a file that git would write': (trap) => [
      ['http.saveCookies', 'true'],
      ['http.cookieFile', trap.mark('cookies')],
    ],
  };
  for (const [name, settings] of Object.entries(detours)) {
    it(`is not led away by ${name}`, async () => {
      const isHelper = name.startsWith('a helper');
      const end = await withstand(
        { prepare: ({ workspace }, trap, server) => configure(workspace, settings(trap, server)) },
        isHelper ? 'new' : 'unknown',
      );
      if (!isHelper) assert.match(end.log, /says by which way git is to fetch/);
    });
  }

  it('does not believe a replaced base', async () => {
    await withstand({
      depth: 2,
      prepare: ({ workspace, base, merge }) => {
        // The base is said to have had the faults already.
        const tree = git(workspace, 'rev-parse', `${merge}^{tree}`);
        const lie = git(workspace, 'commit-tree', tree, '-m', 'Lie');
        git(workspace, 'replace', base, lie);
        git(
          workspace,
          'replace',
          git(workspace, '--no-replace-objects', 'rev-parse', `${base}^{tree}`),
          tree,
        );
      },
    });
  });

  it('does not believe a grafted history', async () => {
    await withstand({
      depth: 2,
      prepare: ({ workspace, merge, head }) => {
        mkdirSync(join(workspace, '.git', 'info'), { recursive: true });
        writeFileSync(join(workspace, '.git', 'info', 'grafts'), `${merge} ${head} ${head}\n${head}\n`);
      },
    });
  });

  it('does not believe a grafted history where the head is checked out', async () => {
    await withstand({
      depth: 2,
      prepare: ({ workspace, origin, base, head }) => {
        git(workspace, 'fetch', '--quiet', '--unshallow', origin, head);
        git(workspace, 'checkout', '--quiet', '--force', head);
        // The base is said to have grown from the head, so that the head would be where the two parted.
        mkdirSync(join(workspace, '.git', 'info'), { recursive: true });
        writeFileSync(join(workspace, '.git', 'info', 'grafts'), `${base} ${head}\n${head}\n`);
      },
    });
  });

  it('does not go by a repository that the pull request carries as its own files', async () => {
    // Files of a bare repository in a folder: git takes the folder for a repository, with the configuration that is in it.
    const end = await attack({
      shop: inFolder('apps/shop', faultyShop),
      before: inFolder('apps/shop', mendedShop),
      inputs: { 'working-directory': 'apps/shop' },
      arrange: (origin, trap) => {
        const place = join(origin, 'apps/shop');
        const bare = join(trap.folder, 'bare');
        git(origin, 'clone', '--quiet', '--bare', origin, bare);
        configure(bare, programs(trap));
        git(bare, 'config', 'core.bare', 'false');
        git(bare, 'config', 'core.worktree', place);
        cpSync(bare, place, { recursive: true });
        writeFileSync(join(place, 'refs', 'keep'), '');
      },
    });
    assert.notEqual(end.report.verdict, 'pass', end.log);
    assert.ok(
      end.report.findings.some(
        ({ ruleId, outcome }) => ruleId === 'session-cookie-not-secure' && outcome === 'block',
      ),
    );
  });

  it('runs nothing of submodules, wherever they claim to be', async () => {
    await withstand({
      files: (trap) => ({
        '.gitmodules': `[submodule "evil"]\n\tpath = evil\n\turl = ext::${trap.executable('ext')}\n\tupdate = !${trap.executable('update')}\n[submodule "-u./x"]\n\tpath = ../../outside\n\turl = -u./x\n\tfetchRecurseSubmodules = true\n`,
      }),
      arrange: (origin) => {
        mkdirSync(join(origin, 'evil'));
        git(origin, 'update-index', '--add', '--cacheinfo', `160000,${'a'.repeat(40)},evil`);
      },
      prepare: ({ workspace }, trap) => {
        configure(workspace, [
          ['submodule.recurse', 'true'],
          ['fetch.recurseSubmodules', 'true'],
          ['submodule.evil.url', `ext::${trap.executable('ext')}`],
          ['submodule.evil.update', `!${trap.executable('update')}`],
        ]);
      },
    });
  });

  it('does not go by variables of the environment that redirect it', async () => {
    await withstand({
      environment: ({ temporary }, trap) => ({
        GIT_DIR: temporary,
        GIT_WORK_TREE: '/',
        GIT_EXTERNAL_DIFF: trap.executable('diff'),
        GIT_SSH_COMMAND: trap.executable('ssh'),
        GIT_ASKPASS: trap.executable('askpass'),
        GIT_PROXY_COMMAND: trap.executable('proxy'),
        GIT_EXEC_PATH: trap.folder,
        GIT_CONFIG_COUNT: '1',
        GIT_CONFIG_KEY_0: 'core.fsmonitor',
        GIT_CONFIG_VALUE_0: trap.executable('fsmonitor'),
        GIT_CONFIG_PARAMETERS: `'core.fsmonitor=${trap.executable('parameters')}'`,
        GIT_TRACE: trap.mark('trace'),
        SSH_ASKPASS: trap.executable('ssh-askpass'),
      }),
    });
  });
});
