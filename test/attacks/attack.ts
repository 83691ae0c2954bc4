/** Runs the built action on a pull request that attacks it, and holds that it blocks, runs nothing and calls nobody. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ActionEnd, type ActionRun, repository, runAction } from '../action/action-run.ts';
import { type Checkout, type Files, makeCheckout } from '../action/checkout.ts';
import { faultyShop, mendedShop } from '../action/shops.ts';
import { GitServer } from '../stand-ins/git-server.ts';
import { Trap } from './trap.ts';

export interface Attack {
  /** What the pull request brings besides the faults. */
  readonly files?: Files | ((trap: Trap) => Files);
  /** What the base holds besides a shop without faults. */
  readonly before?: Files | ((trap: Trap) => Files);
  /** Replaces the shop of the pull request. */
  readonly shop?: Files;
  /** Does to the pull request's repository what files cannot say. */
  readonly arrange?: (origin: string, trap: Trap) => void;
  /** Does something to the checkout before the action runs; `server` is the address from which the base is fetched. */
  readonly prepare?: (checkout: Checkout, trap: Trap, server: string) => void;
  readonly inputs?: ActionRun['inputs'];
  readonly environment?: (checkout: Checkout, trap: Trap) => Readonly<Record<string, string>>;
  /** Of the checkout; with 1 the base has to be fetched. */
  readonly depth?: number;
  /** Whether nobody may have called the trap; true where it is not said. */
  readonly callsNobody?: boolean;
}

export interface AttackEnd extends ActionEnd {
  readonly report: {
    readonly verdict: string;
    readonly counts: Readonly<Record<string, number>>;
    readonly checks: readonly { readonly name: string; readonly state: string; readonly detail: string }[];
    readonly findings: readonly {
      readonly ruleId: string;
      readonly status: string;
      readonly outcome: string;
      readonly location: { readonly file: string };
      readonly advisory?: { readonly package: string };
    }[];
  };
  readonly checkout: Checkout;
  readonly calls: Trap['calls'];
}

/** Runs it. No trap may have sprung; what became of the verdict is for the caller to say. */
export async function attack(given: Attack): Promise<AttackEnd> {
  const trap = await new Trap().start();
  const git = await new GitServer(null).start();
  try {
    const [files, before] = [given.files, given.before].map((each) =>
      typeof each === 'function' ? each(trap) : (each ?? {}),
    );
    const checkout = await makeCheckout(
      { ...(given.shop ?? faultyShop), ...files },
      { ...mendedShop, ...before },
      given.depth ?? 1,
      (origin) => given.arrange?.(origin, trap),
    );
    git.add(repository, join(checkout.origin, '.git'));
    given.prepare?.(checkout, trap, git.url);
    const reportFile = join(checkout.temporary, 'report.json');
    const end = await runAction({
      checkout,
      inputs: { audit: 'off', comment: 'never', 'report-file': reportFile, ...given.inputs },
      environment: { GITHUB_SERVER_URL: git.url, ...given.environment?.(checkout, trap) },
    });
    assert.deepEqual(trap.sprung(), [], 'a program of the pull request ran');
    if (given.callsNobody !== false) assert.deepEqual(trap.calls, [], 'somebody was called');
    const report = JSON.parse(readFileSync(reportFile, 'utf8')) as AttackEnd['report'];
    return { ...end, report, checkout, calls: [...trap.calls] };
  } finally {
    await git.stop();
    await trap.stop();
  }
}

/** Runs it, and holds that the faults of the shop still block, as something new where the base can be had. */
export async function withstand(given: Attack, status: 'new' | 'unknown' = 'new'): Promise<AttackEnd> {
  const end = await attack(given);
  const blocking = end.report.findings.filter(({ outcome }) => outcome === 'block');
  assert.deepEqual(
    blocking.filter(({ ruleId }) => ruleId === 'session-cookie-not-secure').map(({ status }) => status),
    [status],
    end.log,
  );
  assert.equal(end.report.verdict, 'fail');
  assert.equal(end.code, 1);
  return end;
}

/** git for the hands of an attacker, who has a name. */
export function git(directory: string, ...args: string[]): string {
  const identity = ['-c', 'user.name=Mallory', '-c', 'user.email=mallory@example.com'];
  return execFileSync('git', [...identity, ...args], { cwd: directory, encoding: 'utf8' }).trim();
}
