import { RegildError, toIssue } from '../errors.ts';
import {
  COPIED_TAG,
  type Definition,
  type ExistingVersion,
  endOfLife,
  type ImageSpec,
  laterRegions,
  ORIGIN_TAGS,
  PUBLISHED_TAG,
  RUN_TAG,
  type Tags,
  type TargetRegion,
  type VersionRef,
} from '../model/index.ts';
import type { Context } from '../ports.ts';
import { stateOf } from './versions.ts';
import { actionOf, type Written } from './write.ts';

/** The production half of an image. */
type Copying = ImageSpec & { readonly copyOf: NonNullable<ImageSpec['copyOf']> };

export function isCopying(spec: ImageSpec): spec is Copying {
  return spec.copyOf !== undefined;
}

/**
 * Copies a version that passed its tests into the production gallery, replicates it there and lets it into `latest`. Gallery and definition are made where they
 * are not there yet, the definition like the tested one. Repeating it goes on where it was cut short. Throws PROMOTION_REFUSED, BUILD_FAILED, PUBLISH_FAILED.
 */
export async function copyIn(spec: Copying, source: ExistingVersion, context: Context): Promise<void> {
  requireTested(spec, source);
  const { gallery, clock } = context.ports;
  const { signal } = context.run;
  const to: VersionRef = { ...spec.target, version: source.name };
  await prepare(spec, source, context);
  const [first] = spec.regions.filter(({ name }) => name === spec.target.location);
  const { location } = spec.target;
  const copy = { location, storage: first?.storage ?? 'Standard_LRS', excludeFromLatest: true, tags: tagsOf(source) } as const;
  await gallery.copyVersion({ ...spec.copyOf.target, version: source.name }, to, copy, { signal });
  await replicateAll(to, spec.regions, context, spec.name);
  signal.throwIfAborted();
  const published = clock.now();
  await gallery.setVersion(to, {
    excludeFromLatest: false,
    excludedRegions: laterRegions(spec),
    tags: { ...tagsOf(source), [PUBLISHED_TAG]: published.toISOString() },
    endOfLife: endOfLife(spec, published)?.toISOString(),
    safety: spec.safety,
  });
}

/** The same as something that was done to a version, or would be. */
export async function copyOne(spec: Copying, source: ExistingVersion, context: Context, dryRun: boolean): Promise<Written> {
  requireTested(spec, source);
  const { gallery, definition } = spec.copyOf.target;
  const action = { version: source, action: 'copy', reason: `it passed its tests in ${gallery}/${definition}`, change: {} } as const;
  if (dryRun) return { action: actionOf(spec, action, 'due'), issues: [] };
  try {
    await copyIn(spec, source, context);
    return { action: actionOf(spec, action, 'done'), issues: [] };
  } catch (error) {
    if (!(error instanceof RegildError)) throw error;
    return { action: actionOf(spec, action, 'failed'), issues: [toIssue(error, spec.name)] };
  }
}

function requireTested(spec: Copying, source: ExistingVersion): void {
  const state = stateOf(source);
  if (state === 'released') return;
  throw new RegildError(
    'PROMOTION_REFUSED',
    `version ${source.name} of ${spec.copyOf.target.gallery}/${spec.copyOf.target.definition} is ${state} and is not copied into production`,
    {
      hint: 'only a version that passed its tests and was not taken back goes there',
    },
  );
}

/** Source and place are its own; the time of publication is production's. */
function tagsOf({ id, tags }: ExistingVersion): Tags {
  const { [PUBLISHED_TAG]: _, ...rest } = tags;
  return { ...rest, [COPIED_TAG]: id };
}

async function prepare({ target, copyOf, tags, softDelete, sharing }: Copying, source: ExistingVersion, { ports }: Context): Promise<void> {
  const { gallery } = ports;
  const own = { ...tags, [ORIGIN_TAGS.image]: source.tags[ORIGIN_TAGS.image] ?? '', [RUN_TAG]: source.tags[RUN_TAG] ?? '' };
  await gallery.ensureGallery(
    target,
    target.location,
    own,
    softDelete === undefined && sharing === undefined ? undefined : { softDelete, sharing },
  );
  if (await gallery.definition(target)) return;
  const tested = await gallery.definition(copyOf.target);
  if (tested === undefined)
    throw new RegildError(
      'VERSION_NOT_FOUND',
      `there is no definition ${copyOf.target.definition} in the gallery ${copyOf.target.gallery}`,
      {
        hint: 'it was deleted in between: build the image again',
      },
    );
  const { id: _id, location: _location, osState, ...same } = tested;
  if (osState !== 'Generalized')
    throw new RegildError(
      'PROMOTION_REFUSED',
      `the definition ${copyOf.target.definition} is ${osState}, and regild copies generalized images`,
      {
        hint: 'name another definition',
      },
    );
  const definition: Definition = {
    ...same,
    osState,
    name: target.definition,
    description: `tested as ${copyOf.target.gallery}/${copyOf.target.definition}`,
  };
  await gallery.createDefinition(target, definition, target.location, own);
}

async function replicateAll(to: VersionRef, regions: readonly TargetRegion[], { ports, run }: Context, image: string): Promise<void> {
  const states = await ports.gallery.replicate(to, regions, {
    signal: run.signal,
    onUpdate: (progress) => ports.progress.emit({ kind: 'replication', image, regions: progress }),
  });
  const failed = states.filter(({ state }) => state === 'Failed').map(({ name }) => name);
  if (failed.length === 0) return;
  throw new RegildError(
    'PUBLISH_FAILED',
    `version ${to.version} of ${image} did not replicate to ${failed.join(', ')} and is not latest yet`,
    {
      hint: 'run the command again: it goes on where it stopped',
    },
  );
}
