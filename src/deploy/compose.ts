import { type Deployment, type Issue, SCHEMA_VERSION } from '../model/index.ts';
import { type ChosenSize, chooseSize } from './choose-size.ts';
import { dataDisksOf, osDiskOf } from './disks.ts';
import type { DeployFacts, DeployWish } from './facts.ts';
import { ephemeralOf, networkOf } from './host.ts';
import { otherBase, placeIssues, unplanned } from './issues.ts';
import { zonesOf } from './place.ts';
import { controllerOf, securityOf } from './security.ts';
import { encryptionOf, licenseOf, purchasePlanOf } from './terms.ts';

/** A deployment, or everything that is against it. */
export type Composed =
  | { readonly kind: 'deployment'; readonly deployment: Deployment }
  | { readonly kind: 'refused'; readonly issues: readonly Issue[] };

/** What deploys a machine from a version, every value with its reason. All problems are told at once. */
export function composeDeployment(facts: DeployFacts, wish: DeployWish): Composed {
  const chosen = chooseSize(facts, wish);
  const place = placeIssues(facts);
  const known = [...unplanned(facts), ...otherBase(facts)];
  if (chosen.kind === 'none') return { kind: 'refused', issues: [...place, chosen.issue, ...known] };
  const { deployment, issues } = fill(facts, wish, chosen);
  const all = [...place, ...issues, ...known];
  if (all.some(({ severity }) => severity === 'error')) return { kind: 'refused', issues: all };
  return { kind: 'deployment', deployment: { ...deployment, issues: all } };
}

function fill(
  facts: DeployFacts,
  wish: DeployWish,
  { size, said }: Extract<ChosenSize, { kind: 'chosen' }>,
): { readonly deployment: Deployment; readonly issues: readonly Issue[] } {
  const { spec, version, definition, location } = facts;
  const image = spec.name;
  const zones = zonesOf(size, { target: wish.target, wanted: wish.zones, location, image });
  const data = dataDisksOf(facts, size);
  const ephemeral = ephemeralOf(facts, wish, size);
  const deployment: Deployment = {
    kind: 'Deployment',
    schemaVersion: SCHEMA_VERSION,
    image,
    target: wish.target,
    osFamily: definition.osType === 'Windows' ? 'windows' : 'linux',
    version: {
      value: version.id,
      reason: `version ${version.name}, exactly: what was tested is deployed; without /versions/… it is latest`,
    },
    location: {
      value: location,
      reason: wish.location === undefined ? 'where the image is built, or the first of its regions' : 'named with --location',
    },
    size: said,
    zones: zones.said,
    security: securityOf(definition, size),
    controller: controllerOf(definition, size),
    licenseType: licenseOf(facts),
    purchasePlan: purchasePlanOf(definition),
    osDisk: ephemeral.said.value === null ? osDiskOf(facts, size) : ON_HOST,
    osDiskCaching: ephemeral.said.value === null ? CACHED : { value: 'ReadOnly', reason: 'an OS disk on the host takes ReadOnly alone' },
    ephemeralOsDisk: ephemeral.said,
    dataDisks: data.disks,
    diskEncryptionSet: encryptionOf(facts, wish),
    acceleratedNetworking: networkOf(definition, size),
    issues: [],
  };
  return { deployment, issues: [...zones.issues, ...data.issues, ...ephemeral.issues] };
}

const CACHED = { value: 'ReadWrite', reason: "Azure's own default for OS disks" } as const;
const ON_HOST = { value: null, reason: 'an OS disk on the host is no managed disk of a type' } as const;
