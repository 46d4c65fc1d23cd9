import { stringify } from 'yaml';
import type { Lock } from './lock.ts';

/** The lock as the text of its file: images by name, keys in a fixed order, so that equal locks are equal texts. */
export function writeLock({ version, images }: Lock, manifest: string): string {
  const sorted = Object.entries(images)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([image, { asked, ami, base, digest, verified }]) => [
      image,
      {
        asked: { source: asked.source, base: asked.base },
        ami: { id: ami.id, name: ami.name, region: ami.region, created: ami.created },
        base: { urn: base.urn, generation: base.generation },
        digest,
        verified,
      },
    ]);
  const comment = [
    `# What each image of ${manifest} was resolved to: the AMI, the exact Marketplace base, and the digest of its plan.`,
    '# Written by `regild plan --update-lock`; commit it. `regild build --locked` builds exactly this, or refuses.',
  ];
  return `${comment.join('\n')}\n\n${stringify({ version, images: Object.fromEntries(sorted) }, { lineWidth: 0 })}`;
}

/** The lock file that belongs to a manifest: beside it, `images.yaml` -> `images.lock.yaml`. */
export function lockFileOf(manifest: string): string {
  return /\.ya?ml$/i.test(manifest) ? manifest.replace(/\.ya?ml$/i, '.lock.yaml') : `${manifest}.lock.yaml`;
}
