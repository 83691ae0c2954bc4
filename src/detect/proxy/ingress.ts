/** Turns Kubernetes manifests and Helm values into what the Ingress controller does to requests: TLS and HSTS. */
import type { ProxyConfig, ProxyHsts, TlsSetting } from '../app-model.ts';
import { type TlsVersion, tlsVersion } from '../transport/tls-versions.ts';
import { parseNginx } from './nginx-syntax.ts';
import { cipherListSetting, maxAgeOf, replacement, versionsSetting } from './tls-settings.ts';
import { yamlPairs } from './yaml-pairs.ts';

/** Whether a file of that text may say something to an Ingress controller. */
export function mentionsIngress(text: string): boolean {
  return /\bkind:\s*["']?(?:Ingress|IngressRoute|Gateway|HTTPRoute)\b|ingress\.kubernetes\.io\/|^[ \t]*ssl-(?:protocols|ciphers)\s*:|^ingress:/m.test(
    text,
  );
}

/**
 * AWS' policies for load balancers that accept TLS 1.0 or 1.1, and the default where none is named
 * (docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html).
 */
const weakPolicies: ReadonlyMap<string, readonly TlsVersion[]> = new Map([
  ['ELBSecurityPolicy-2016-08', ['TLS 1.0', 'TLS 1.1']],
  ['ELBSecurityPolicy-2015-05', ['TLS 1.0', 'TLS 1.1']],
  ['ELBSecurityPolicy-TLS-1-0-2015-04', ['TLS 1.0', 'TLS 1.1']],
  ['ELBSecurityPolicy-TLS-1-1-2017-01', ['TLS 1.1']],
  ['ELBSecurityPolicy-FS-2018-06', ['TLS 1.0', 'TLS 1.1']],
  ['ELBSecurityPolicy-FS-1-1-2019-08', ['TLS 1.1']],
  ['ELBSecurityPolicy-TLS13-1-0-2021-06', ['TLS 1.0', 'TLS 1.1']],
  ['ELBSecurityPolicy-TLS13-1-1-2021-06', ['TLS 1.1']],
]);

/**
 * Reads one file; null where nothing in it is for an Ingress controller. ingress-nginx sets X-Forwarded-Proto itself
 * (kubernetes/ingress-nginx, rootfs/etc/nginx/template/nginx.tmpl), as do the controllers of the clouds: no pass is listed. Pure; never throws.
 */
export function readIngress(file: string, text: string): ProxyConfig | null {
  const pairs = yamlPairs(file, text);
  const isRoute = pairs.some(
    ({ path, value }) =>
      path.length === 1 && path[0] === 'kind' && /^(?:Ingress|IngressRoute|Gateway|HTTPRoute)$/.test(value),
  );
  const tlsSettings: TlsSetting[] = [];
  const hsts: ProxyHsts[] = [];
  let found = isRoute;
  let endsTls = false;
  const off = new Map<number, ProxyHsts>();
  for (const { path, value, location, document } of pairs) {
    const key = path.at(-1) ?? '';
    const parent = path.at(-2) ?? '';
    const annotation = /^(?:nginx\.|alb\.|haproxy\.)?ingress\.kubernetes\.io\/(.+)$/.exec(key)?.[1];
    // The controller's own ConfigMap, and the same under `controller.config` in Helm's values.
    const setting = annotation ?? (parent === 'data' || parent === 'config' ? key : null);
    if (annotation !== undefined) found = true;
    if (path.includes('tls')) endsTls = true;
    switch (setting) {
      case 'ssl-protocols': {
        found = true;
        const versions = value
          .split(/\s+/)
          .map(tlsVersion)
          .filter((version) => version !== null);
        tlsSettings.push(
          versionsSetting(
            { name: key, location },
            versions,
            value.includes('\n')
              ? null
              : replacement(location, '"TLSv1.2 TLSv1.3"', 'Accept TLS 1.2 and 1.3 only'),
          ),
        );
        break;
      }
      case 'ssl-ciphers':
        found = true;
        if (!value.includes('TTTT')) tlsSettings.push(cipherListSetting({ name: key, location }, value));
        break;
      case 'ssl-policy': {
        const weak = weakPolicies.get(value);
        if (weak !== undefined) tlsSettings.push(versionsSetting({ name: key, location }, weak, null));
        break;
      }
      case 'hsts':
        if (value === 'false' && annotation === undefined)
          off.set(document, { maxAge: 0, location, off: true });
        break;
      case 'hsts-max-age':
        hsts.push({ maxAge: /^\d{1,12}$/.test(value) ? Number(value) : null, location });
        break;
      case 'configuration-snippet':
      case 'server-snippet':
      case 'http-snippet':
        for (const { name, args } of parseNginx(file, value))
          if (/^(?:add_header|more_set_headers)$/.test(name)) {
            const words = args.map((arg) => arg.text).join(' ');
            if (/strict-transport-security/i.test(words)) hsts.push({ maxAge: maxAgeOf(words), location });
          }
        break;
    }
  }
  if (tlsSettings.length > 0 || [...off.values()].length > 0) found ||= tlsSettings.length > 0;
  if (!found) return null;
  return { kind: 'the Ingress', file, endsTls, passes: [], tlsSettings, hsts: [...hsts, ...off.values()] };
}
