import { PROVENANCE } from '../guest/tables.ts';
import { type PlanDraft, referenceTo, sha256 } from '../model/index.ts';

/** JSON with sorted keys and without undefined: equal values give equal text. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  const sorted = entries.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${sorted.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
}

/**
 * What shapes the image and nothing else, long texts by their hashes: where it is published, its version, its tags and the run do not make a rebuild due. What a check means lies in
 * the table that the guest is handed; how its title is worded shapes nothing.
 */
export function planDigest(plan: PlanDraft): string {
  const { provenance, engine, os, base, security, controllers, definition, build, provisioners, guestScripts, guestFiles, checks, route } =
    plan;
  const { description: _, ...immutable } = definition;
  return sha256(
    canonicalJson({
      amiId: provenance.amiId,
      engine,
      os,
      base,
      security,
      controllers,
      definition: immutable,
      osDiskSizeGB: build.osDiskSizeGB,
      provisioners,
      guestScripts,
      guestFiles: guestFiles.filter(({ path }) => path !== PROVENANCE).map(referenceTo),
      checks: checks.map(({ id }) => id),
      route,
    }),
  );
}
