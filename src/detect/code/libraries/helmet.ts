/** helmet and helmet-csp: what their directives are, where programs build on them. */
import { known, type Place, type Val } from '../values.ts';
import type { Library, World } from './library.ts';

/**
 * helmet 8.3.0 `index.cjs`, `getDefaultDirectives`. helmet 4 has `block-all-mixed-content` beside them and no `form-action`
 * (4.6.0 `dist/middlewares/content-security-policy/index.js`); what scripts may do is the same.
 */
const defaultDirectives: Readonly<Record<string, readonly string[]>> = {
  'default-src': ["'self'"],
  'base-uri': ["'self'"],
  'font-src': ["'self'", 'https:', 'data:'],
  'form-action': ["'self'"],
  'frame-ancestors': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'object-src': ["'none'"],
  'script-src': ["'self'"],
  'script-src-attr': ["'none'"],
  'style-src': ["'self'", 'https:', "'unsafe-inline'"],
  'upgrade-insecure-requests': [],
};

function directives({ m }: World, place: Place): Val {
  return m.objectOf(
    Object.entries(defaultDirectives).map(([name, sources]) => [
      name,
      m.array(
        sources.map((source) => known(source, place)),
        place,
      ),
    ]),
    place,
  );
}

export const helmet: Library = {
  names: ['helmet', 'helmet-csp'],
  calls: {
    'contentSecurityPolicy.getDefaultDirectives': (world, call) => directives(world, call.place),
    getDefaultDirectives: (world, call) => directives(world, call.place),
  },
};
