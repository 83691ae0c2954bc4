/** Tells by the files of a repository whether something before the application ends TLS for it. */
import type { SnapshotFile } from '../../model/snapshot.ts';
import type { Hosting } from '../app-model.ts';
import type { PublishedPort } from '../environment/compose-file.ts';
import { isKubernetes } from '../environment/platform-files.ts';

/** Files of platforms that give each application HTTPS. */
const platformFile =
  /(?:^|\/)(?:Procfile|fly(?:\.[\w-]+)?\.toml|vercel\.json|now\.json|render\.ya?ml|netlify\.toml|railway\.(?:json|toml)|heroku\.yml|Dockerrun\.aws\.json|apprunner\.yaml|\.platform\.app\.yaml|wrangler\.(?:toml|jsonc?)|amplify\.yml|samconfig\.toml|nixpacks\.toml|zeabur\.json|koyeb\.ya?ml|captain-definition|web\.config|iisnode\.yml|firebase\.json|scalingo\.json|clevercloud\/[^/]+|skaffold\.ya?ml|Chart\.ya?ml|appspec\.ya?ml|serverless\.(?:ya?ml|json|[cm]?[jt]s)|\.ebextensions\/[^/]+|\.elasticbeanstalk\/[^/]+|copilot\/.+\/manifest\.yml|\.do\/[^/]+\.ya?ml|azure\.ya?ml|cloudrun\.ya?ml)$/i;

/** By name and text: files whose names others use too. */
const byText: readonly (readonly [RegExp, RegExp])[] = [
  // Google App Engine, DigitalOcean App Platform.
  [/(?:^|\/)app\.ya?ml$/i, /^(?:runtime|services|env)\s*:/m],
  // Heroku, Dokku.
  [/(?:^|\/)app\.json$/i, /"(?:buildpacks|formation|addons|repository|dokku)"/],
  // Cloud Foundry.
  [/(?:^|\/)manifest\.ya?ml$/i, /^applications\s*:/m],
  [/(?:^|\/)template\.ya?ml$/i, /AWS::/],
  // A proxy among the containers.
  [
    /(?:^|\/)(?:docker-)?compose[^/]*\.ya?ml$/i,
    /image:[ \t]*["']?(?:[\w.:-]+\/)*(?:nginx|traefik|caddy|haproxy|httpd|swag|cloudflared|envoy)\b|\bnginx-?proxy\b|VIRTUAL_HOST|LETSENCRYPT_HOST|traefik\./i,
  ],
  [
    /(?:^|\/)\.github\/workflows\/[^/]+\.ya?ml$/i,
    /azure\/webapps-deploy|deploy-cloudrun|deploy-appengine|heroku-deploy|flyctl-actions|amazon-ecs-deploy|beanstalk-deploy|azure\/container-apps|digitalocean\/app_action|railway|render-deploy|\bgit push (?:heroku|dokku)\b|\bfly(?:ctl)? deploy\b|gcloud (?:run|app) deploy|kubectl|helm upgrade/i,
  ],
];

/** Packages that run the application on a platform, or get certificates for it. */
const hostingPackages =
  /"(?:serverless-http|@vendia\/serverless-express|aws-serverless-express|@codegenie\/serverless-express|firebase-functions|@google-cloud\/functions-framework|greenlock-express|greenlock|azure-function-express|@netlify\/functions|aws-lambda-fastify|cloudflared)"\s*:|"(?:heroku-postbuild|gcp-build)"\s*:/;

const container = /(?:^|\/)(?:(?:docker|container)file(?:\.[\w.-]+)?|[\w.-]+\.dockerfile)$/i;

/** A file that shows something of where the program runs. */
export interface HostingFile {
  readonly path: string;
  readonly kind: 'ends TLS' | 'container';
}

/** Those among the files, in their order. */
export function hostingFiles(files: Iterable<SnapshotFile>): HostingFile[] {
  const found: HostingFile[] = [];
  for (const { path, text } of files) {
    if (container.test(path)) found.push({ path, kind: 'container' });
    else if (shows(path, text)) found.push({ path, kind: 'ends TLS' });
  }
  return found;
}

/** What they show together. */
export function hostingOf(files: readonly HostingFile[], ports: readonly PublishedPort[]): Hosting {
  const open = ports.find(({ address }) => address === null || !isOfMachine(address));
  const [first] = ports;
  return {
    endsTlsBy: files.find(({ kind }) => kind === 'ends TLS')?.path ?? null,
    inContainer: files.some(({ kind }) => kind === 'container'),
    published:
      first === undefined
        ? null
        : { to: open === undefined ? 'machine' : 'all', location: (open ?? first).location },
  };
}

/** A loopback or private address. */
function isOfMachine(address: string): boolean {
  return /^(?:127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|localhost$|::1$|f[cd][\da-f]{2}:)/i.test(
    address,
  );
}

function shows(path: string, text: string): boolean {
  if (platformFile.test(path)) return true;
  if (path.endsWith('package.json')) return hostingPackages.test(text);
  if (byText.some(([name, content]) => name.test(path) && content.test(text))) return true;
  return /\.ya?ml$/i.test(path) && isKubernetes(text);
}
