import { RegildError, toIssue } from '../errors.ts';
import {
  type Ami,
  type ExistingVersion,
  type ImageFacts,
  type ImageSpec,
  type Issue,
  imageTemplateName,
  isAmiId,
  isClaimOn,
  type Leftover,
  ORIGIN_TAGS,
  type PlanOutline,
  RUN_TAG,
  type Urn,
  type VersionUse,
} from '../model/index.ts';
import type { Context } from '../ports.ts';
import { lookAtGallery } from './gallery-settings.ts';
import { currentVersion } from './versions.ts';
import type { Actual, Wish } from './wish.ts';

/** An image with what it is to be, what it is, and what could not be found out. */
export interface Looked {
  readonly wish: Wish;
  readonly actual: Actual;
  readonly issues: readonly Issue[];
}

/** An image to look at, and what a build of it would do, as far as it could be planned. */
export interface Subject {
  readonly spec: ImageSpec;
  readonly plan?: PlanOutline | undefined;
  /** Why there is no plan. */
  readonly issues: readonly Issue[];
}

/** Reads what the gallery holds of each image, who uses it, and what is on its way. What may not be asked is an issue, not a failure; a gallery that cannot be read is one. */
export async function lookAtFleet(
  subjects: readonly Subject[],
  context: Context<'ec2' | 'marketplace' | 'gallery' | 'leftovers' | 'versionUsers'>,
): Promise<readonly Looked[]> {
  const [asked, begun] = await Promise.all([usersOfAll(subjects, context), buildsOfAll(subjects, context)]);
  const held = await Promise.all(subjects.map(({ spec }) => context.ports.gallery.versions({ ...spec.target })));
  const refs = subjects.map((subject, index) => amisOf(subject, held[index] ?? []));
  const amis = await describedAmis(
    refs.flatMap((pair) => pair ?? []),
    context,
  );
  return Promise.all(
    subjects.map(async ({ spec, plan, issues }, index): Promise<Looked> => {
      const versions = held[index] ?? [];
      const origin = spec.copyOf && (await context.ports.gallery.versions({ ...spec.copyOf.target }));
      const gallery = await lookAtGallery({ spec }, context);
      const base = await baseFacts(spec, currentVersion(versions), context);
      const release = context.catalog.releases.find(({ distro, version }) => distro === plan?.os.distro && version === plan.os.version);
      const users = asked.users?.filter(({ definition }) => isOf(definition, spec));
      const builds = buildsOf(spec, begun.found);
      const about = [...issues, ...asked.issues, ...begun.issues].map((issue) => ({ ...issue, image: spec.name }));
      return {
        wish: { spec, plan, release },
        actual: { versions, origin, gallery, users, amis: pairOf(refs[index], amis), base, builds },
        issues: about,
      };
    }),
  );
}

async function usersOfAll(
  subjects: readonly Subject[],
  { ports }: Context<'versionUsers'>,
): Promise<{ readonly users?: readonly VersionUse[]; readonly issues: readonly Issue[] }> {
  try {
    return { users: await ports.versionUsers.of(subjects.map(({ spec }) => spec.target)), issues: [] };
  } catch (error) {
    return { issues: [asWarning(error)] };
  }
}

async function buildsOfAll(subjects: readonly Subject[], { ports }: Context<'leftovers'>) {
  const subscriptions = [...new Set(subjects.map(({ spec }) => spec.target.subscription))];
  try {
    const found = await Promise.all(subscriptions.map((subscription) => ports.leftovers.resources(subscription)));
    return { found: found.flat(), issues: [] };
  } catch (error) {
    return { found: [], issues: [asWarning(error)] };
  }
}

/** One for each run that builds the image, or did: its template, which tells more, or its claim. */
function buildsOf({ name: image, target }: ImageSpec, found: readonly Leftover[]): readonly Leftover[] {
  const templates = found.filter(
    ({ kind, name, tags }) => kind === 'image-template' && name === imageTemplateName(image, tags[RUN_TAG] ?? ''),
  );
  const claims = found.filter((one) => isClaimOn(one, target));
  return [...templates, ...claims.filter(({ tags }) => !templates.some((template) => template.tags[RUN_TAG] === tags[RUN_TAG]))];
}

type AmiRef = { readonly id: string; readonly region: string };

/** The AMI that the current version was made from, and the one that a build would take today, where they differ. */
function amisOf({ plan }: Subject, versions: readonly ExistingVersion[]): readonly [AmiRef, AmiRef] | undefined {
  const { [ORIGIN_TAGS.ami]: id, [ORIGIN_TAGS.amiRegion]: region } = currentVersion(versions)?.tags ?? {};
  if (plan === undefined || id === undefined || region === undefined) return undefined;
  const { amiId, amiRegion } = plan.provenance;
  return id !== amiId && isAmiId(id) && isAmiId(amiId)
    ? [
        { id, region },
        { id: amiId, region: amiRegion },
      ]
    : undefined;
}

/** What EC2 shows of AMIs, each region asked once. One that is gone, or may not be looked at, is a reason without its details. */
async function describedAmis(refs: readonly AmiRef[], { ports }: Context<'ec2'>): Promise<readonly Ami[]> {
  const regions = [...Map.groupBy(refs, ({ region }) => region)];
  const asked = regions.map(async ([region, ofRegion]) => {
    try {
      return await ports.ec2.describeAmis([...new Set(ofRegion.map(({ id }) => id))], region);
    } catch (error) {
      if (error instanceof RegildError) return [];
      throw error;
    }
  });
  return (await Promise.all(asked)).flat();
}

function pairOf(refs: ReturnType<typeof amisOf>, known: readonly Ami[]): Actual['amis'] {
  const [before, after] = (refs ?? []).map(({ id, region }) => known.find((ami) => ami.id === id && ami.region === region));
  return before && after && { before, after };
}

/** What the current version's base is called today; nothing is known of a base that is not sold any more, or that the tag does not name. */
async function baseFacts(
  spec: ImageSpec,
  current: ExistingVersion | undefined,
  { ports }: Context<'marketplace'>,
): Promise<ImageFacts | undefined> {
  const urn = parseUrn(current?.tags[ORIGIN_TAGS.base] ?? '');
  if (urn === undefined) return undefined;
  try {
    return await ports.marketplace.facts(spec.target.subscription, spec.target.location, urn);
  } catch (error) {
    if (error instanceof RegildError) return undefined;
    throw error;
  }
}

function parseUrn(text: string): Urn | undefined {
  const [publisher, offer, sku, version, ...more] = text.split(':');
  return publisher && offer && sku && version && more.length === 0 ? { publisher, offer, sku, version } : undefined;
}

function isOf(definition: string, { target }: ImageSpec): boolean {
  const end = `/galleries/${target.gallery}/images/${target.definition}`.toLowerCase();
  return definition.toLowerCase().endsWith(end) && definition.toLowerCase().includes(`/${target.resourceGroup.toLowerCase()}/`);
}

/** What may not be asked or found out, as an issue; every other error is thrown on. */
export function asWarning(error: unknown): Issue {
  if (error instanceof RegildError) return { ...toIssue(error), severity: 'warning' };
  throw error;
}
