/** Turns a number into a repository of about that many files, the same each time: an Express back end with its front end, tests and leftovers. */

/** Services that several routers share. */
const sharedServices = 60;

/** Yields path and text of each file. A few are huge, some cannot be parsed, most have nothing to do with Express, as in life. */
export function* generateRepository(files: number): Generator<[path: string, text: string]> {
  const chance = makeChance(20_260_101);
  const pick = <T>(choices: readonly T[]): T => choices[Math.floor(chance() * choices.length)]!;
  const routers = Math.floor(files * 0.08);
  yield [
    'package.json',
    json({
      name: 'bench',
      version: '1.0.0',
      private: true,
      type: 'commonjs',
      main: 'src/server.js',
      dependencies,
    }),
  ];
  yield ['package-lock.json', json(lockfile)];
  yield ['src/server.js', server(routers)];
  yield ['public/bundle.min.js', 'var a=function(b){return b.map(function(c){return c*2})};'.repeat(40_000)];
  yield [
    'public/data.js',
    `module.exports=${JSON.stringify(Array.from({ length: 30_000 }, (_, id) => ({ id, name: `item ${id}` })))};`,
  ];
  yield ['src/broken.js', 'const app = express(; app.use('];
  for (let index = 0; index < routers; index++) {
    yield [`src/routes/area-${index % 20}/resource-${index}.js`, router(index, pick)];
  }
  for (let index = 0; index < sharedServices; index++) {
    yield [`src/services/shared/service-${index}.js`, service(index, pick)];
  }
  const left = files - routers - sharedServices - 6;
  for (let index = 0; index < left; index++) {
    const kind = chance();
    if (kind < 0.35) yield [`src/services/domain-${index % 60}/service-${index}.js`, service(index, pick)];
    else if (kind < 0.75)
      yield [`client/components/group-${index % 80}/Component${index}.tsx`, component(index, pick)];
    else if (kind < 0.9) yield [`src/types/model-${index}.ts`, model(index, pick)];
    else yield [`test/unit/case-${index}.test.js`, test(index)];
  }
}

/** A small generator of numbers from 0 to 1 (mulberry32), so that every machine measures the same repository. */
export function makeChance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const dependencies = { express: '^4.21.0', 'express-session': '^1.18.0', helmet: '^8.0.0' };

const lockfile = {
  name: 'bench',
  version: '1.0.0',
  lockfileVersion: 3,
  requires: true,
  packages: {
    '': { name: 'bench', version: '1.0.0', dependencies },
    'node_modules/express': { version: '4.22.3' },
    'node_modules/express-session': { version: '1.18.2' },
    'node_modules/helmet': { version: '8.1.0' },
  },
};

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

type Pick = <T>(choices: readonly T[]) => T;

function server(routers: number): string {
  const mounts = Array.from(
    { length: routers },
    (_, index) => `app.use('/r${index}', require('./routes/area-${index % 20}/resource-${index}'));`,
  );
  return `const express = require('express');
const session = require('express-session');
const helmet = require('helmet');

const app = express();
app.set('trust proxy', 1);
app.use(helmet());
app.use(session({ name: 'sid', secret: process.env.SESSION_SECRET, resave: false, saveUninitialized: false,
  cookie: { secure: true, httpOnly: true, sameSite: 'lax', maxAge: 3600000 } }));
${mounts.join('\n')}
app.listen(process.env.PORT);
`;
}

function router(index: number, pick: Pick): string {
  const routes = Array.from({ length: 6 }, (_, each) => {
    const method = pick(['get', 'post', 'put', 'delete', 'patch']);
    return `router.${method}('/${each}/:id', requireUser, async (req, res, next) => {
  try {
    const found = await service.${pick(['find', 'load', 'fetch'])}(Number(req.params.id), { limit: ${pick([10, 50, 100])} });
    if (!found) return res.status(404).json({ error: 'not found' });
    res.json({ ...found, at: new Date().toISOString() });
  } catch (error) {
    next(error);
  }
});`;
  });
  return `const { Router } = require('express');
const service = require('../../services/shared/service-${index % sharedServices}');

const router = Router();
const requireUser = (req, res, next) => (req.session.user ? next() : res.sendStatus(401));

${routes.join('\n\n')}

module.exports = router;
`;
}

function service(index: number, pick: Pick): string {
  const methods = Array.from(
    { length: 8 },
    (_, each) => `  async ${pick(['find', 'save', 'list', 'count'])}${each}(id, options = {}) {
    const { limit = ${pick([10, 20, 50])}, order = '${pick(['asc', 'desc'])}' } = options;
    const rows = await this.database.query('select * from table_${index} where id = $1 order by id limit $2', [id, limit]);
    return rows.filter((row) => row.active).map(({ id, name, ...rest }) => ({ id, name: name ?? 'none', order, rest }));
  }`,
  );
  return `class Service${index} {
  constructor(database) {
    this.database = database;
  }

${methods.join('\n\n')}
}

module.exports = { Service${index} };
`;
}

function component(index: number, pick: Pick): string {
  const fields = Array.from({ length: 10 }, (_, each) => {
    const tag = pick(['li', 'p', 'div']);
    return `      <${tag} key="${each}" className="field-${each}">{props.value${each} ?? '${pick(['none', 'empty', '-'])}'}</${tag}>`;
  });
  return `import React, { useEffect, useState } from 'react';

interface Props {
${Array.from({ length: 10 }, (_, each) => `  value${each}?: ${pick(['string', 'number'])};`).join('\n')}
}

export function Component${index}(props: Props): JSX.Element {
  const [open, setOpen] = useState<boolean>(${pick(['true', 'false'])});
  useEffect(() => setOpen(props.value0 !== undefined), [props.value0]);
  return open ? (
    <section onClick={() => setOpen(!open)}>
${fields.join('\n')}
    </section>
  ) : null;
}
`;
}

function model(index: number, pick: Pick): string {
  const fields = Array.from(
    { length: 12 },
    (_, each) =>
      `  readonly field${each}: ${pick(['string', 'number', 'boolean', 'Date', 'readonly string[]'])};`,
  );
  return `export interface Model${index} {
${fields.join('\n')}
}

export type Partial${index} = Partial<Model${index}>;
`;
}

function test(index: number): string {
  return `const assert = require('node:assert');
const { test } = require('node:test');

test('case ${index}', () => {
  assert.strictEqual(${index} + 1, ${index + 1});
});
`;
}
