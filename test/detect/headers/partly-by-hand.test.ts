/** Holds helmet-missing's message to what an app sets by hand and what it lacks. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findingsIn } from './judged-program.ts';

const message = async (byHand: string): Promise<string | undefined> => {
  const text = `const express = require('express');
const app = express();
app.use((req, res, next) => {
  ${byHand}
  next();
});
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
`;
  return (await findingsIn(text, {})).find(({ ruleId }) => ruleId === 'helmet-missing')?.message;
};

describe('helmet-missing', () => {
  it('names what is set by hand and what is missing', async () => {
    assert.equal(
      await message("res.setHeader('x-frame-options', 'DENY'); res.set('Referrer-Policy', 'no-referrer');"),
      'In production this app answers without most of the security headers that helmet sets: it sets X-Frame-Options and Referrer-Policy itself, but not ' +
        'Content-Security-Policy, Strict-Transport-Security, X-Content-Type-Options, Cross-Origin-Opener-Policy and Cross-Origin-Resource-Policy.',
    );
  });

  it('says so where nothing is set', async () => {
    assert.match((await message('')) ?? '', /neither it nor an equal is registered/);
  });

  it('is silent where enough is set', async () => {
    assert.equal(
      await message(
        "res.set({ 'X-Frame-Options': 'DENY', 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer' });",
      ),
      undefined,
    );
  });
});
