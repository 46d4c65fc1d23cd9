import { composeDeployment } from './deploy/compose.ts';
import type { DeployFacts, DeployWish } from './deploy/facts.ts';
import { RegildError } from './errors.ts';
import { runFleet } from './fleet.ts';
import { currentVersion } from './living/versions.ts';
import { blocks, type Deployment, type ExistingVersion, type ImageSpec } from './model/index.ts';
import type { Context } from './ports.ts';

interface Published {
  /** Whose versions are meant. */
  readonly spec: ImageSpec;
  /** The image that is built: another one where the versions are copies in a production gallery. */
  readonly planned?: ImageSpec;
}

/** What deploys a machine from a published version, the current one unless it is named. Reads only. Throws VERSION_NOT_FOUND, NOT_DEPLOYABLE. */
export async function deploymentOf(
  { spec, planned = spec }: Published,
  wish: DeployWish & { readonly version?: string | undefined },
  context: Context,
): Promise<Deployment> {
  const composed = composeDeployment(await gather({ spec, planned }, wish, context), wish);
  if (composed.kind === 'deployment') return composed.deployment;
  const { issues } = composed;
  const first = issues.find(({ severity }) => severity === 'error');
  throw new RegildError('NOT_DEPLOYABLE', first?.message ?? `nothing deploys ${spec.name} as it was asked`, { hint: first?.hint, issues });
}

async function gather(
  { spec, planned }: Required<Published>,
  wish: DeployWish & { readonly version?: string | undefined },
  context: Context,
): Promise<DeployFacts> {
  const { gallery, subscription } = context.ports;
  const [versions, definition] = await Promise.all([gallery.versions(spec.target), gallery.definition(spec.target)]);
  // Planning asks both clouds a great deal, for nothing where no version is published.
  const version = chooseVersion(spec, versions, wish.version);
  if (definition === undefined)
    throw new RegildError('VERSION_NOT_FOUND', `there is no definition ${spec.target.definition}`, { hint: BUILD });
  const location = wish.location ?? homeOf(spec, version);
  const [[report], sizes] = await Promise.all([
    runFleet([planned], context, { until: 'plan', resume: false, force: true, concurrency: 1 }),
    subscription.sizes(spec.target.subscription, location),
  ]);
  return {
    spec,
    planned: planned.name,
    version,
    definition,
    location,
    sizes,
    ami: report?.analysis?.ami,
    plan: report?.issues.some(blocks) ? undefined : report?.plan,
    catalog: context.catalog,
  };
}

const BUILD = 'build it first; `regild status` shows the versions that there are';

function chooseVersion({ name, target }: ImageSpec, versions: readonly ExistingVersion[], wanted: string | undefined): ExistingVersion {
  const found = wanted === undefined ? currentVersion(versions) : versions.find((version) => version.name === wanted);
  if (found) return found;
  const what =
    wanted === undefined ? `no version of ${name} is published` : `${target.gallery}/${target.definition} has no version ${wanted}`;
  throw new RegildError('VERSION_NOT_FOUND', what, { hint: BUILD });
}

/** Where the image is built, when the version is there; else the first of its regions. */
function homeOf({ target }: ImageSpec, { targetRegions }: ExistingVersion): string {
  const regions = targetRegions.map(({ name }) => name);
  return regions.includes(target.location) ? target.location : (regions[0] ?? target.location);
}
