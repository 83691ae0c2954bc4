/** Turns a manifest and its lockfile into how the project comes to use Express, if it does. */
import { intersects, validRange } from 'semver';
import type { LockedPackage, Lockfile } from '../model/lockfile.ts';
import { type DependencyField, dependencyFields, type ExpressUse, type Manifest } from '../model/project.ts';

interface Framework {
  readonly package: string;
  /** The versions that run on Express; all of them where it is missing. */
  readonly versions?: string;
}

/**
 * Packages with which an application is an Express application without declaring Express. Each was looked up in the npm registry on
 * 2026-11-24 (`npm view <package> dependencies.express peerDependencies.express`); the version named is the newest one then.
 * Not among them: @strapi/strapi (Koa), directus (no direct dependency), @slack/bolt and firebase-functions, which depend on Express
 * while what people write with them is no Express application.
 */
const frameworks: readonly Framework[] = [
  // 12.5.1: express 5.3.0. The Express adapter of NestJS; @nestjs/core alone may run on Fastify.
  { package: '@nestjs/platform-express' },
  // 5.0.50: express ^4.21.2
  { package: '@feathersjs/express' },
  // 15.0.16: express ^4.22.2
  { package: '@loopback/rest' },
  // 3.28.0: express ^4.14.0
  { package: 'loopback' },
  // 1.5.18: express 4.22.2
  { package: 'sails' },
  // 0.17.4: express ^4.17.1. The pre-releases of 1.0 run on tinyhttp.
  { package: 'json-server', versions: '<1.0.0-0' },
  // 3.13.0: peer express ^4.17.1
  { package: 'apollo-server-express' },
  // 3.13.0: express ^4.17.1
  { package: 'apollo-server' },
  // 4.8.0: express ^4.17.1 (startStandaloneServer). 5.5.1: none.
  { package: '@apollo/server', versions: '<5.0.0-0' },
  // 4.2.1: express ^4.17.0
  { package: 'keystone' },
  // 8.1.0: express ^5.2.1
  { package: '@keystone-6/core' },
  // 9.10.0: express 5.2.1
  { package: 'parse-server' },
  // 8.38.8: peer express >=4.17.1
  { package: '@tsed/platform-express' },
  // 5.3.0: express ~4.22.2
  { package: '@foal/core' },
  // 2.9.0: express 4.18.2. Version 3 runs on Next.js.
  { package: 'payload', versions: '<3.0.0-0' },
  // 2.21.2: express ^4.21.0
  { package: '@medusajs/framework' },
  // 10.1.1: express ^4.22.1 || ^5
  { package: '@sap/cds' },
  // 5.0.5: express ^5.0.0
  { package: '@google-cloud/functions-framework' },
  // 0.18.0: express ^4.22.0
  { package: '@backstage/backend-defaults' },
  // 3.7.3: express ^5.1.0
  { package: '@vendure/core' },
];

/**
 * How a project uses Express: by declaring it, else through a framework; null where it does not.
 * @param location the project's own place in the lockfile: `` for the lockfile's directory, `packages/a` for a workspace.
 */
export function findExpressUse(
  manifest: Manifest,
  lockfile: Lockfile | null,
  location: string,
): ExpressUse | null {
  return declaredUse(manifest, lockfile, location) ?? frameworkUse(manifest, lockfile, location);
}

function declaredUse(manifest: Manifest, lockfile: Lockfile | null, location: string): ExpressUse | null {
  for (const declaredIn of dependencyFields) {
    for (const [installedName, specifier] of Object.entries(manifest[declaredIn] ?? {})) {
      const declared = expressRange(installedName, specifier);
      if (declared === null) continue;
      const resolved = lockfile && resolve(lockfile, location, installedName)?.version;
      return { declared, declaredIn, resolved: resolved ?? null, through: null };
    }
  }
  return null;
}

/** The range of Express that a dependency asks for, also under another name (`npm:express@4`); null where it is not Express. */
function expressRange(installedName: string, specifier: string): string | null {
  const alias = /^npm:(@?[^@]+)(?:@(.*))?$/.exec(specifier);
  if (alias === null) return installedName === 'express' ? specifier : null;
  return alias[1] === 'express' ? (alias[2] ?? '*') : null;
}

function frameworkUse(manifest: Manifest, lockfile: Lockfile | null, location: string): ExpressUse | null {
  for (const framework of frameworks) {
    const declaredIn = dependencyFields.find((field) => declares(manifest, field, framework.package));
    if (declaredIn === undefined) continue;
    const installed = lockfile && resolve(lockfile, location, framework.package);
    if (!runsOnExpress(framework, installed?.version ?? manifest[declaredIn]![framework.package]!)) continue;
    const express = lockfile && installed ? nearestExpress(lockfile, installed) : null;
    return {
      declared: null,
      declaredIn: null,
      resolved: express?.version ?? null,
      through: framework.package,
    };
  }
  return null;
}

function declares(manifest: Manifest, field: DependencyField, name: string): boolean {
  return Object.hasOwn(manifest[field] ?? {}, name);
}

/** Where a version or range cannot be understood (a tag, a git address), it is taken for one that does. */
function runsOnExpress(framework: Framework, version: string): boolean {
  if (framework.versions === undefined || validRange(version) === null) return true;
  return intersects(version, framework.versions, { includePrerelease: true });
}

/** The Express that a framework runs on: its own dependency, or the nearest one below. */
function nearestExpress(lockfile: Lockfile, framework: LockedPackage): LockedPackage | null {
  const seen = new Set([framework.location]);
  const waiting = [framework];
  for (const each of waiting) {
    if (each.name === 'express') return each;
    for (const location of each.edges.values()) {
      const next = lockfile.packages.get(location);
      if (next === undefined || seen.has(location)) continue;
      seen.add(location);
      waiting.push(next);
    }
  }
  return resolve(lockfile, framework.location, 'express');
}

/**
 * The package that `name` means for the one at `location`: by its edges, else as Node.js looks it up, through the node_modules of
 * every directory above (a lockfile of version 1 does not say what the root depends on).
 */
function resolve(lockfile: Lockfile, location: string, name: string): LockedPackage | null {
  const edge = lockfile.packages.get(location)?.edges.get(name);
  const direct = edge === undefined ? undefined : lockfile.packages.get(edge);
  if (direct !== undefined) return direct;
  for (let place = location; ; place = place.slice(0, Math.max(place.lastIndexOf('/'), 0))) {
    const found = lockfile.packages.get(
      place === '' ? `node_modules/${name}` : `${place}/node_modules/${name}`,
    );
    if (found !== undefined) return found;
    if (place === '') return null;
  }
}
