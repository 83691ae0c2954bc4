/** The sample applications, really started as in production: what they send is what the gate's expectations of them rest on. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { formToken, setCookies, Visitor } from './sample-apps/browser.ts';
import { type RedisStandIn, startRedisStandIn } from './sample-apps/redis-stand-in.ts';
import {
  type InstalledApp,
  installSampleApp,
  type RunningApp,
  runSampleApp,
  startSampleApp,
} from './sample-apps/sample-app.ts';

const HOUR = 60 * 60 * 1000;
const behindProxy = { 'x-forwarded-proto': 'https' };
const secret = 'a-secret-of-the-tests-that-is-long-enough-0123456789';

describe('secure-shop', { concurrency: true }, () => {
  const cookieName = '__Host-shop';
  let installed: InstalledApp;
  let redis: RedisStandIn;
  let shop: RunningApp;

  before(async () => {
    [installed, redis] = await Promise.all([installSampleApp('secure-shop'), startRedisStandIn()]);
    shop = await startSampleApp(installed, 'server.js', { SESSION_SECRET: secret, REDIS_URL: redis.url });
  });
  after(async () => {
    await shop?.stop();
    await redis?.close();
    installed?.remove();
  });

  const sessionKeys = () => redis.keys().filter((key) => key.startsWith('shop:session:'));
  const keyOf = (cookie: string) =>
    `shop:session:${decodeURIComponent(cookie).slice('s:'.length).split('.')[0]}`;

  test('does not start without a session secret, nor with a short one', async () => {
    const environment = { REDIS_URL: redis.url };
    const exits = await Promise.all([
      runSampleApp(installed, 'server.js', environment),
      runSampleApp(installed, 'server.js', { ...environment, SESSION_SECRET: secret.slice(0, 31) }),
      runSampleApp(installed, 'server.js', {
        ...environment,
        SESSION_SECRET: secret,
        SESSION_SECRET_PREVIOUS: 'short',
      }),
    ]);
    for (const { code, output } of exits) {
      assert.equal(code, 1, output);
      assert.match(
        output,
        /SESSION_SECRET(_PREVIOUS)? must be set to a random value of at least 32 characters/,
      );
      assert.doesNotMatch(output, /listening/);
    }
  });

  for (const address of [
    '/',
    '/static/css/shop.css',
    '/health',
    '/no-such-page',
    '/products/%E0%A4%A',
    '/orders',
  ]) {
    test(`sends the security headers and no trace of Express on ${address}`, async () => {
      const { headers } = await new Visitor(shop.origin, behindProxy).get(address);
      assert.equal(headers.get('x-powered-by'), null);
      assert.equal(headers.get('strict-transport-security'), 'max-age=31536000; includeSubDomains');
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      assert.equal(headers.get('x-frame-options'), 'DENY');
      assert.equal(headers.get('referrer-policy'), 'no-referrer');
      const policy = headers.get('content-security-policy')?.split(';') ?? [];
      assert.ok(policy.includes("default-src 'self'"), policy.join('\n'));
      assert.ok(policy.includes("script-src 'self'"), policy.join('\n'));
      assert.ok(policy.includes("style-src 'self'"), policy.join('\n'));
      assert.ok(policy.includes("frame-ancestors 'none'"), policy.join('\n'));
      assert.ok(policy.includes('upgrade-insecure-requests'), policy.join('\n'));
    });
  }

  test('sets one session cookie, with every protection, where the proxy says https', async () => {
    const response = await new Visitor(shop.origin, behindProxy).get('/account/login');
    assert.equal(response.status, 200);
    const [cookie, ...others] = setCookies(response);
    assert.deepEqual(others, []);
    assert.equal(cookie?.name, cookieName);
    const { expires, ...rest } = Object.fromEntries(cookie.attributes);
    assert.deepEqual(rest, { path: '/', secure: '', httponly: '', samesite: 'Lax' });
    const life = Date.parse(expires ?? '') - Date.now();
    assert.ok(life > HOUR && life <= 2 * HOUR, `expires in ${life} ms`);
    assert.ok(redis.keys().includes(keyOf(cookie.value)), 'the session is in Redis');
  });

  test('sets no cookie over plain http, nor for visitors of whom there is nothing to remember', async () => {
    const plain = new Visitor(shop.origin);
    assert.deepEqual(setCookies(await plain.get('/account/login')), []);
    assert.deepEqual(setCookies(await plain.get('/products/watering-can')), []);
    const proxied = new Visitor(shop.origin, behindProxy);
    for (const address of ['/', '/health', '/static/css/shop.css', '/no-such-page']) {
      assert.deepEqual(setCookies(await proxied.get(address)), [], address);
    }
  });

  test('signs in under a new session id, keeps the basket, and ends the session at sign-out', async () => {
    const account = { name: 'Ada Marsh', email: 'ada@example.com', password: 'marigold-and-thyme' };
    const visitor = new Visitor(shop.origin, behindProxy);
    assert.equal((await visitor.submit('/account/register', account)).headers.get('location'), '/');
    visitor.cookies.clear();

    const token = formToken(await visitor.get('/products/garden-twine'));
    const put = await visitor.post('/basket', { _csrf: token, slug: 'garden-twine', quantity: '3' });
    assert.equal(put.headers.get('location'), '/basket');
    const checkout = await visitor.post('/basket/checkout', { _csrf: token });
    assert.equal(checkout.headers.get('location'), '/account/login?next=basket');

    const anonymous = visitor.cookies.get(cookieName) ?? '';
    const login = await visitor.submit('/account/login', {
      email: 'Ada@Example.com',
      password: account.password,
      next: 'basket',
    });
    assert.equal(login.status, 302);
    assert.equal(login.headers.get('location'), '/basket');
    const signedIn = visitor.cookies.get(cookieName) ?? '';
    assert.notEqual(signedIn, anonymous);
    assert.ok(!sessionKeys().includes(keyOf(anonymous)), 'the old session is gone from the store');
    assert.ok(sessionKeys().includes(keyOf(signedIn)), 'the new one is there');

    assert.match((await visitor.get('/basket')).text, /3 &times; Garden twine/);
    const other = new Visitor(shop.origin, behindProxy);
    other.cookies.set(cookieName, anonymous);
    assert.equal((await other.get('/orders')).headers.get('location'), '/account/login?next=orders');

    const newToken = formToken(await visitor.get('/basket'));
    assert.notEqual(newToken, token);
    assert.equal(
      (await visitor.post('/basket/checkout', { _csrf: newToken })).headers.get('location'),
      '/orders',
    );
    assert.match((await visitor.get('/orders')).text, /Order 1<\/a>.*12\.60/);

    const logout = await visitor.post('/account/logout', { _csrf: newToken });
    const [cleared] = setCookies(logout);
    assert.equal(cleared?.name, cookieName);
    assert.equal(cleared.value, '');
    assert.ok(
      cleared.attributes.has('secure'),
      'a browser refuses a __Host- cookie without Secure, also to delete it',
    );
    assert.ok(!sessionKeys().includes(keyOf(signedIn)), 'the session is gone from the store');
  });

  test('refuses forms without the token, or with one of another session', async () => {
    const visitor = new Visitor(shop.origin, behindProxy);
    const fields = { email: 'ada@example.com', password: 'marigold-and-thyme' };
    for (const address of [
      '/account/login',
      '/account/register',
      '/basket',
      '/basket/checkout',
      '/account/logout',
    ]) {
      assert.equal((await visitor.post(address, fields)).status, 403, address);
    }
    const token = formToken(await visitor.get('/account/login'));
    const other = new Visitor(shop.origin, behindProxy);
    await other.get('/account/login');
    assert.equal((await other.post('/account/login', { ...fields, _csrf: token })).status, 403);
  });

  test('leads nowhere but to pages of its own after a login', async () => {
    const account = { name: 'Ben Marsh', email: 'ben@example.com', password: 'wheelbarrow-and-hoe' };
    await new Visitor(shop.origin, behindProxy).submit('/account/register', account);
    const login = await new Visitor(shop.origin, behindProxy).submit('/account/login', {
      ...account,
      next: '//evil.example',
    });
    assert.equal(login.status, 302);
    assert.equal(login.headers.get('location'), '/');
  });

  test('does not look at a sixth wrong password for one account', async () => {
    const visitor = new Visitor(shop.origin, behindProxy);
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 6; attempt += 1) {
      statuses.push(
        (await visitor.submit('/account/login', { email: 'carla@example.com', password: 'guess' })).status,
      );
    }
    assert.deepEqual(statuses, [401, 401, 401, 401, 401, 429]);
  });

  test('shows neither its errors nor what it was sent, and refuses what is too large', async () => {
    const visitor = new Visitor(shop.origin, behindProxy);
    const malformed = await visitor.get('/products/%E0%A4%A');
    assert.equal(malformed.status, 400);
    const large = await visitor.post('/basket', { slug: 'x'.repeat(21 * 1024) });
    assert.equal(large.status, 413);
    for (const { text } of [malformed, large]) {
      assert.doesNotMatch(text, /node_modules|\.js:|URIError|PayloadTooLarge|Express/);
    }
    const search = (await visitor.get(`/search?q=${encodeURIComponent("<b>x</b>' OR 1=1 --")}`)).text;
    assert.match(search, /&lt;b&gt;x&lt;\/b&gt;/);
    assert.doesNotMatch(search, /<b>|products\//);
    assert.equal((await visitor.get('/products/..%2Fpackage.json/manual')).status, 404);
    assert.equal((await visitor.get('/static/..%2Fpackage.json')).status, 404);
  });
});

describe('insecure-shop', { concurrency: true }, () => {
  let installed: InstalledApp;
  let shop: RunningApp;

  before(async () => {
    installed = await installSampleApp('insecure-shop');
    shop = await startSampleApp(installed, 'server.js');
  });
  after(async () => {
    await shop?.stop();
    installed?.remove();
  });

  const login = { email: 'ada@example.com', password: 'marigold-and-thyme' };

  test('serves its pages', async () => {
    const visitor = new Visitor(shop.origin, behindProxy);
    for (const address of [
      '/',
      '/search?q=twine',
      '/products/pruning-shears',
      '/basket',
      '/account/login',
      '/pages/about',
      '/admin/login',
    ]) {
      assert.equal((await visitor.get(address)).status, 200, address);
    }
    await visitor.post('/basket', { slug: 'garden-twine', quantity: '3' });
    assert.match((await visitor.get('/basket')).text, /3 &times; Garden twine/);
  });

  test('says what it runs on and sends none of the security headers', async () => {
    const { headers } = await new Visitor(shop.origin, behindProxy).get('/');
    assert.equal(headers.get('x-powered-by'), 'Express');
    for (const name of [
      'content-security-policy',
      'strict-transport-security',
      'x-content-type-options',
      'x-frame-options',
    ]) {
      assert.equal(headers.get(name), null, name);
    }
  });

  test('sets a bare session cookie under the default name, for everybody, over https as over http', async () => {
    for (const headers of [{}, behindProxy]) {
      const [cookie, ...others] = setCookies(await new Visitor(shop.origin, headers).get('/'));
      assert.deepEqual(others, []);
      assert.equal(cookie?.name, 'connect.sid');
      assert.deepEqual(Object.fromEntries(cookie.attributes), { path: '/' });
    }
  });

  test('keeps the session id at login, follows returnTo anywhere, and hands out a bare remember-me token', async () => {
    const visitor = new Visitor(shop.origin, behindProxy);
    await visitor.get('/');
    const before = visitor.cookies.get('connect.sid');
    const response = await visitor.post('/account/login', {
      ...login,
      remember: '1',
      returnTo: 'https://evil.example/',
    });
    assert.equal(response.status, 302);
    assert.equal(response.headers.get('location'), 'https://evil.example/');
    assert.match((await visitor.get('/')).text, /Sign out Ada Marsh/);
    assert.equal(visitor.cookies.get('connect.sid'), before);
    const remember = setCookies(response).find(({ name }) => name === 'remember');
    assert.deepEqual([...(remember?.attributes.keys() ?? [])].sort(), ['expires', 'max-age', 'path']);
  });

  test('looks at any number of wrong passwords', async () => {
    const visitor = new Visitor(shop.origin, behindProxy);
    const guesses = Array.from({ length: 40 }, () =>
      visitor.post('/account/login', { email: 'nobody@example.com', password: 'guess' }),
    );
    const statuses = new Set((await Promise.all(guesses)).map(({ status }) => status));
    assert.deepEqual([...statuses], [401]);
  });

  test('gives back request data as markup, its stack, and files it should keep', async () => {
    const visitor = new Visitor(shop.origin, behindProxy);
    assert.match(
      (await visitor.get(`/search?q=${encodeURIComponent('<b>x</b>')}`)).text,
      /<q><b>x<\/b><\/q>/,
    );
    assert.match((await visitor.post('/newsletter', { email: '<b>x</b>' })).text, /<p><b>x<\/b>/);
    const failure = await visitor.get('/products/%E0%A4%A');
    assert.match(failure.text, /at decode_param .*node_modules.express.lib.router.layer\.js/);
    for (const address of ['/config/default.json', '/manual?file=../config/default.json', '/.gitignore']) {
      assert.equal((await visitor.get(address)).status, 200, address);
    }
  });

  test('lets any origin read the api with the visitor’s cookies', async () => {
    const { headers } = await new Visitor(shop.origin, { origin: 'https://evil.example' }).get('/api/basket');
    assert.equal(headers.get('access-control-allow-origin'), 'https://evil.example');
    assert.equal(headers.get('access-control-allow-credentials'), 'true');
  });

  test('the staff area: a readable cookie with the whole record, born with a fixed end, and headers with holes', async () => {
    const visitor = new Visitor(shop.origin, behindProxy);
    const entry = await visitor.get('/admin/login');
    assert.equal(entry.headers.get('content-security-policy'), null, 'the login page comes before helmet');
    const response = await visitor.post('/admin/login', { login: 'theo', password: 'wheelbarrow-7' });
    assert.equal(response.headers.get('location'), '/admin');
    const [cookie] = setCookies(response);
    assert.equal(cookie?.name, 'session');
    assert.match(Buffer.from(cookie.value, 'base64').toString(), /"password":"\$2a\$/);
    assert.equal(cookie.attributes.get('domain'), 'thornfield.example');
    assert.ok(!cookie.attributes.has('samesite'));
    const again = await new Visitor(shop.origin, behindProxy).post('/admin/login', {
      login: 'theo',
      password: 'wheelbarrow-7',
    });
    assert.equal(setCookies(again)[0]?.attributes.get('expires'), cookie.attributes.get('expires'));

    const { headers } = await visitor.get('/admin/');
    assert.match(
      headers.get('content-security-policy') ?? '',
      /script-src 'self' 'unsafe-inline' 'unsafe-eval'/,
    );
    assert.equal(headers.get('strict-transport-security'), null);
    assert.equal(headers.get('x-frame-options'), null);
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
  });
});

describe('page-example', () => {
  let installed: InstalledApp;
  let example: RunningApp;

  before(async () => {
    installed = await installSampleApp('page-example');
    example = await startSampleApp(installed, 'app.js');
  });
  after(async () => {
    await example?.stop();
    installed?.remove();
  });

  test('nothing under `cookie: {}` reaches the browser: no Secure, Domain, Expires, and the default path', async () => {
    const visitor = new Visitor(example.origin);
    const cookies = setCookies(await visitor.get('/'));
    assert.deepEqual(
      cookies.map(({ name, attributes }) => [name, Object.fromEntries(attributes)]),
      [
        ['session', { path: '/', httponly: '' }],
        ['session.sig', { path: '/', httponly: '' }],
      ],
    );
    assert.equal((await visitor.get('/')).text, '2 views');
  });
});
