/** Holds the ports that Compose publishes to the forms that its specification has for them (compose-spec, 05-services.md, `ports`). */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Compose fills them in
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readCompose } from '../../../src/detect/environment/compose-file.ts';

/** The machine's address of each published port of a service; null for all. */
function addresses(ports: string): (string | null)[] {
  const text = `services:\n  app:\n    build: .\n    ports:\n${ports.replace(/^/gm, '      ')}\n`;
  return readCompose(text, 'compose.yml').flatMap((service) => service.ports.map(({ address }) => address));
}

describe('published ports', () => {
  it('are read in the short form', () => {
    assert.deepEqual(addresses('- "3000:3000"\n- 8080:80/tcp\n- "3000-3005:3000-3005"'), [null, null, null]);
    assert.deepEqual(addresses('- "127.0.0.1:3000:3000"\n- "0.0.0.0:80:3000"'), ['127.0.0.1', null]);
    assert.deepEqual(addresses('- "[::1]:3000:3000"\n- "[::]:3000:3000"'), ['::1', null]);
  });

  it('are read with variables by their fallbacks', () => {
    assert.deepEqual(addresses('- "${PORT:-3000}:3000"\n- "${BIND:-127.0.0.1}:3000:3000"'), [
      null,
      '127.0.0.1',
    ]);
  });

  it('are read in the long form', () => {
    assert.deepEqual(
      addresses('- target: 3000\n  published: "80"\n- target: 9229\n  published: 9229\n  host_ip: 127.0.0.1'),
      [null, '127.0.0.1'],
    );
  });

  it('are none where the machine gives any free port, or nothing that can be read', () => {
    assert.deepEqual(addresses('- "3000"\n- 3000\n- target: 3000\n- "${PORTS}"\n- []\n- null'), []);
  });
});
