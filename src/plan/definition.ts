import { createHash } from 'node:crypto';
import type { Analysis, Candidate, Definition, DiskController, Feature, ImageSpec, SecurityType } from '../model/index.ts';
import { featureOf } from './machine.ts';

/** The gallery definition for an image. Features are those that the base states and the plan's own choices of security and controllers. */
export function definitionFor(
  spec: ImageSpec,
  analysis: Analysis,
  base: Candidate,
  chosen: { readonly security: SecurityType; readonly controllers: readonly DiskController[] },
): Definition {
  return {
    name: spec.target.definition,
    osType: analysis.osFamily.value === 'windows' ? 'Windows' : 'Linux',
    osState: 'Generalized',
    generation: base.generation,
    architecture: base.architecture,
    identifier: {
      publisher: identifierPart(base.urn.publisher, 128),
      offer: identifierPart(base.urn.offer, 64),
      sku: identifierPart(`${base.urn.sku}-${spec.target.definition}`, 64),
    },
    features: features(base, chosen),
    purchasePlan: base.plan,
    description: `${base.distro} ${base.version} translated by regild`,
  };
}

function features(
  base: Candidate,
  { security, controllers }: { readonly security: SecurityType; readonly controllers: readonly DiskController[] },
): readonly Feature[] {
  // SecurityType is always stated: API versions from 2025-03-03 on default to TrustedLaunchSupported when it is absent.
  const own = base.generation === 'V2' ? [{ name: 'SecurityType', value: security }] : [];
  const disks = base.generation === 'V2' ? [{ name: 'DiskControllerTypes', value: controllers.join(', ') }] : [];
  const network = featureOf(base, 'IsAcceleratedNetworkSupported');
  return [...own, ...disks, ...(network ? [{ name: 'IsAcceleratedNetworkSupported', value: network }] : [])];
}

/** Letters, digits, `-`, `.`, `_`; no dot at the end; within `limit` characters, with a hash where it had to be cut so that it stays unique. */
function identifierPart(text: string, limit: number): string {
  const clean = text.replace(/[^A-Za-z0-9._-]/g, '-').replace(/\.+$/, '') || 'image';
  if (clean.length <= limit) return clean;
  return `${clean.slice(0, limit - 9)}-${createHash('sha256').update(text).digest('hex').slice(0, 8)}`;
}
