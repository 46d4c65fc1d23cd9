import {
  type Analysis,
  type Candidate,
  type Definition,
  type DiskController,
  type ExistingDefinition,
  type Feature,
  featureOf,
  type ImageSpec,
  type SecurityType,
  sha256,
} from '../model/index.ts';

interface Chosen {
  readonly security: SecurityType;
  readonly controllers: readonly DiskController[];
}

/** The gallery definition for an image. Features are those that the base states and the plan's own choices of security and controllers; of what a
 * definition that exists does not state, nothing is claimed. */
export function definitionFor(
  spec: ImageSpec,
  analysis: Analysis,
  base: Candidate,
  chosen: Chosen,
  existing?: ExistingDefinition,
): Definition {
  const osType = analysis.osFamily.value === 'windows' ? 'Windows' : 'Linux';
  return {
    name: spec.target.definition,
    osType,
    osState: 'Generalized',
    generation: base.generation,
    architecture: base.architecture,
    identifier: {
      publisher: identifierPart(base.urn.publisher, 128),
      offer: identifierPart(base.urn.offer, 64),
      sku: identifierPart(`${base.urn.sku}-${spec.target.definition}`, 64),
    },
    features: features(base, osType, chosen).filter(({ name }) => isStatable(name, existing)),
    purchasePlan: base.plan,
    description: `${base.distro} ${base.version} translated by regild`,
  };
}

function features(base: Candidate, osType: Definition['osType'], { security, controllers }: Chosen): readonly Feature[] {
  // SecurityType is always stated: API versions from 2025-03-03 on default to TrustedLaunchSupported when it is absent.
  const own = base.generation === 'V2' ? [{ name: 'SecurityType', value: security }] : [];
  const disks = base.generation === 'V2' ? [{ name: 'DiskControllerTypes', value: controllers.join(', ') }] : [];
  const hibernates = osType === 'Windows' || security === 'Standard';
  return [
    ...own,
    ...disks,
    ...carried(base, 'IsAcceleratedNetworkSupported'),
    // Linux cannot hibernate with Trusted Launch (trusted-launch, unsupported features).
    ...(hibernates ? carried(base, 'IsHibernateSupported') : []),
  ];
}

/** An existing definition binds the plan: a feature that it leaves out stays out (Azure takes the versions all the same), every other is compared. */
function isStatable(name: string, existing: ExistingDefinition | undefined): boolean {
  return existing === undefined || !OPTIONAL.has(name) || featureOf(existing, name) !== undefined;
}

const OPTIONAL: ReadonlySet<string> = new Set(['IsAcceleratedNetworkSupported', 'IsHibernateSupported']);

function carried(base: Candidate, name: string): readonly Feature[] {
  const value = featureOf(base, name);
  return value === undefined ? [] : [{ name, value }];
}

/** Letters, digits, `-`, `.`, `_`; no dot at the end; within `limit` characters, with a hash where it had to be cut so that it stays unique. */
function identifierPart(text: string, limit: number): string {
  const clean = text.replace(/[^A-Za-z0-9._-]/g, '-').replace(/\.+$/, '') || 'image';
  if (clean.length <= limit) return clean;
  return `${clean.slice(0, limit - 9)}-${sha256(text).slice(0, 8)}`;
}
