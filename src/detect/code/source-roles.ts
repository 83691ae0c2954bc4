/** Tells which files are the application, and which are tests, build scripts, client code, vendored or generated. */

const sourceFile = /\.(?:[cm]?[jt]s|[jt]sx)$/;

const testPath =
  /(?:^|\/)(?:__tests__|__mocks__|__fixtures__|tests?|specs?|e2e|cypress|playwright|fixtures?|mocks?|testing|test-utils|benchmarks?)(?:\/|$)|[.\-_](?:tests?|specs?|e2e|bench|stories|mock)\.[cm]?[jt]sx?$|(?:^|\/)(?:test|spec|jest\.setup|setupTests)\.[cm]?[jt]sx?$/i;

const buildPath =
  /(?:^|\/)(?:gulpfile|gruntfile|webpack[^/]*|rollup[^/]*|vite[^/]*|vitest[^/]*|babel[^/]*|jest[^/]*|karma[^/]*|eslint[^/]*|\.eslintrc|prettier[^/]*|postcss[^/]*|tailwind[^/]*|metro[^/]*|next\.config|nuxt\.config|protractor[^/]*|cypress[^/]*|playwright[^/]*|commitlint[^/]*|tsup[^/]*|esbuild[^/]*)(?:\.(?:config|conf|dev|prod|common|base|server))*\.[cm]?[jt]s$/i;

const foreignPath =
  /(?:^|\/)(?:node_modules|bower_components|vendor|vendors|third_party|third-party|jspm_packages|\.next|\.nuxt|\.output|coverage|\.yarn|\.pnp)(?:\/|$)|(?:^|\/)\.pnp\.c?js$/i;

const clientPath =
  /(?:^|\/)(?:public|static|assets|www|htdocs)\/.*\.[cm]?js$|[.-]min\.[cm]?js$|\.bundle\.[cm]?js$|\.d\.[cm]?ts$/i;

/** Whether the path is that of a program in JavaScript or TypeScript; `bin/www` and its like, without an ending, are too. */
export function isSource(path: string): boolean {
  return sourceFile.test(path) || /(?:^|\/)bin\/[^/.]+$/.test(path);
}

/** Whether the file, of any kind, is test material by its path. */
export function isTestPath(path: string): boolean {
  return testPath.test(path);
}

/** Whether what stands in the file is judged: it is part of an application that runs in production. */
export function isJudged(path: string): boolean {
  return (
    isSource(path) &&
    !testPath.test(path) &&
    !buildPath.test(path) &&
    !foreignPath.test(path) &&
    !clientPath.test(path)
  );
}

/** Build output whose source is in the repository too is not started; this tells the likely ones. */
export function isBuildOutput(path: string): boolean {
  return /(?:^|\/)(?:dist|build|out|lib-cov|\.build)\//.test(path);
}
